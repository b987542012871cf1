package io.tangram.solver.model;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.AmountUnit;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.CounterTable;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.HeldDevices;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.limit.Deadline;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The constraints (4) to (6) and (13) of {@link DirectModel}, which tie units by device. */
final class DirectRows {

  private final CompiledProblem problem;
  private final CpModelBuilder model;
  private final Map<Integer, List<Taking>> byDevice = new LinkedHashMap<>();
  private final Map<Integer, LinearExprBuilder> drawn = new LinkedHashMap<>();
  private final Map<Integer, Long> available = new LinkedHashMap<>();
  private final DirectGroups groups;

  DirectRows(CompiledProblem problem, CpModelBuilder model) {
    this.problem = problem;
    this.model = model;
    this.groups = new DirectGroups(problem.counters().groups(), model);
  }

  /** Adds a use of a device. */
  void add(Taking use) {
    byDevice.computeIfAbsent(use.device(), device -> new ArrayList<>()).add(use);
  }

  /**
   * Writes the constraints, once all uses are added.
   *
   * @return whether the deadline let it be done
   */
  boolean close(Deadline deadline) {
    for (Map.Entry<Integer, List<Taking>> each : byDevice.entrySet()) {
      if (deadline.hasPassed()) {
        return false;
      }
      if (problem.devices().isShared(each.getKey())) {
        addShared(each.getKey(), each.getValue());
      } else {
        addDedicated(each.getKey(), each.getValue());
      }
    }
    drawn.forEach((counter, sum) -> model.addLessOrEqual(sum, available.getOrDefault(counter, 0L)));
    groups.close();
    return true;
  }

  /** (4), and the draws of (5) and (13). */
  private void addDedicated(int device, List<Taking> uses) {
    List<Literal> taken = new ArrayList<>();
    Map<Object, List<Literal>> inClaim = new LinkedHashMap<>();
    for (Taking use : uses) {
      inClaim.computeIfAbsent(use.claim(), key -> new ArrayList<>()).add(use.taken());
      if (!use.isAdmin()) {
        taken.add(use.taken());
        addDraws(device, use.taken());
      }
    }
    atMostOne(taken);
    inClaim.values().forEach(this::atMostOne);
  }

  private void atMostOne(List<Literal> literals) {
    if (literals.size() > 1) {
      model.addAtMostOne(literals);
    }
  }

  private void addDraws(int device, Literal taken) {
    CounterTable counters = problem.counters();
    int[] sets = problem.devices().sets(device);
    for (int s = 0; s < sets.length; s++) {
      Draw draw = problem.devices().draws(device)[s];
      groups.add(sets[s], draw, taken);
      for (int i = 0; i < draw.size(); i++) {
        int counter = counters.base(sets[s]) + draw.counter(i);
        available.put(counter, counters.available(sets[s], draw.counter(i)));
        drawn.computeIfAbsent(counter, c -> LinearExpr.newBuilder()).addTerm(taken, draw.amount(i));
      }
    }
  }

  /** (6), and for the first share of a device the draws of (5) and (13) (R113). */
  private void addShared(int device, List<Taking> uses) {
    HeldDevices.Use held = problem.devices().use(device);
    boolean alreadyPaid = held != null && held.shares() > 0;
    List<Taking> shares = uses.stream().filter(use -> !use.isAdmin()).toList();
    if (!alreadyPaid && !shares.isEmpty()) {
      BoolVar paid = model.newBoolVar("paid[" + device + "]");
      addDraws(device, paid);
      shares.forEach(use -> model.addImplication(use.taken(), paid));
    }
    problem
        .devices()
        .device(device)
        .capacity()
        .forEach((name, capacity) -> addCapacity(name, capacity, held, uses));
  }

  /**
   * All shares together fit beside what is held; so do what one claim has and administers (R87).
   * Administration minds no other claim's plans.
   */
  private void addCapacity(
      QualifiedName name,
      DeviceCapacity capacity,
      HeldDevices.@Nullable Use held,
      List<Taking> uses) {
    BigDecimal left =
        capacity.value().value().subtract(held == null ? BigDecimal.ZERO : held.consumed(name));
    if (left.signum() < 0) {
      uses.forEach(use -> model.addEquality(use.taken(), 0));
      return;
    }
    limit(uses.stream().filter(use -> !use.isAdmin()).toList(), name, left);
    Map<Object, List<Taking>> byClaim = new LinkedHashMap<>();
    for (Taking use : uses) {
      byClaim.computeIfAbsent(use.claim(), claim -> new ArrayList<>()).add(use);
    }
    byClaim.values().stream()
        .filter(ofClaim -> ofClaim.stream().anyMatch(Taking::isAdmin))
        .forEach(ofClaim -> limit(ofClaim, name, left));
  }

  private void limit(List<Taking> uses, QualifiedName name, BigDecimal left) {
    AmountUnit unit = AmountUnit.NONE.and(left);
    List<Taking> fitting = new ArrayList<>();
    for (Taking use : uses) {
      if (amount(use, name).compareTo(left) > 0) {
        model.addEquality(use.taken(), 0);
      } else {
        unit = unit.and(amount(use, name));
        fitting.add(use);
      }
    }
    unit = unit.forSumsOf(fitting.size());
    LinearExprBuilder sum = LinearExpr.newBuilder();
    for (Taking use : fitting) {
      sum.addTerm(use.taken(), unit.up(amount(use, name)));
    }
    model.addLessOrEqual(sum, unit.down(left));
  }

  private static BigDecimal amount(Taking use, QualifiedName name) {
    return use.amounts()
        .map(amounts -> amounts.get(name))
        .map(Quantity::value)
        .orElse(BigDecimal.ZERO);
  }
}
