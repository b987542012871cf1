package io.tangram.solver.model;

import com.google.common.collect.ImmutableMap;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.result.ConsumedCapacity;
import io.tangram.solver.symmetry.Expectation;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.SupplyLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a plan leaves for expected requests, in {@link DirectModel}: for each of them a second
 * allocation beside the plan, of devices to as many such requests as there is room for.
 *
 * <pre>
 * Sets        e  expected requests, of worth w_e each
 *             i  devices of the part that suit one; of a shared one, shares
 * Variables   spare[e,i]  device i could be given to a request like e
 *
 * (1)  for each e: take and spare[e,.] together satisfy (4) to (6) and (13) of the model
 *
 * Objective   fragmentation  before - sum_(e,i) w_e spare[e,i]
 * </pre>
 *
 * where {@code before} is the supply without any plan. Where that is as small as can be, the second
 * allocations are as large as can be.
 */
final class DirectSupply {

  /** How many variables the second allocations may have. */
  private static final long MOST_VARIABLES = 20_000;

  private final CompiledProblem problem;
  private final CpModelBuilder model;
  private final Expectation expectation;
  private final SupplyLoss supply;
  private final List<Integer> devices = new ArrayList<>();

  DirectSupply(
      CompiledProblem problem,
      CpModelBuilder model,
      Expectation expectation,
      SupplyLoss supply,
      Part part) {
    this.problem = problem;
    this.model = model;
    this.expectation = expectation;
    this.supply = supply;
    devices.addAll(part.dedicated());
    devices.addAll(part.shared());
    devices.addAll(part.bystanders());
  }

  /**
   * Adds the second allocations.
   *
   * @param takings what the plan may take
   * @return the loss; absent if there would be too many variables or the deadline passed
   */
  Optional<LinearExpr> loss(List<Taking> takings, Deadline deadline) {
    if (isTooLarge()) {
      return Optional.empty();
    }
    LinearExprBuilder loss = LinearExpr.newBuilder();
    loss.add(supply.before(devices));
    for (int request = 0; request < expectation.requests().size(); request++) {
      if (expectation.worth(request) > 0) {
        DirectRows rows = new DirectRows(problem, model);
        takings.stream().filter(taking -> !taking.isAdmin()).forEach(rows::add);
        for (int device : devices) {
          for (Taking spare : spares(request, device)) {
            rows.add(spare);
            loss.addTerm(spare.taken(), -expectation.worth(request));
          }
        }
        if (!rows.close(deadline)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(loss.build());
  }

  /** Whether there would be too many variables; a shared device may have room for many shares. */
  private boolean isTooLarge() {
    long most = 0;
    for (int device : devices) {
      for (int request = 0; request < expectation.requests().size(); request++) {
        most += Math.max(1, most(request, device));
      }
      if (most > MOST_VARIABLES) {
        return true;
      }
    }
    return false;
  }

  /** How often a device could be given to a request, if it suits it. */
  private long most(int request, int device) {
    return problem.devices().isShared(device) ? supply.shares(request, device) : 1;
  }

  private List<Taking> spares(int request, int device) {
    Leaf leaf = expectation.requests().get(request).leaf();
    boolean shared = problem.devices().isShared(device);
    Optional<ImmutableMap<QualifiedName, Quantity>> amounts =
        shared
            ? ConsumedCapacity.of(
                problem.devices().device(device), leaf.request().capacityRequests())
            : Optional.empty();
    long most = most(request, device);
    List<Taking> spares = new ArrayList<>();
    if (expectation.suits(device).get(request)) {
      for (int share = 0; share < most; share++) {
        String name = "spare[" + request + "," + device + "," + share + "]";
        BoolVar spare = model.newBoolVar(name);
        spares.add(new Taking(name, false, device, spare, amounts));
      }
    }
    return spares;
  }
}
