package io.tangram.solver.symmetry;

import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.HeldDevices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What giving devices takes from the supply of expected requests, see {@link
 * io.tangram.api.plan.Objective#FRAGMENTATION}, beside what is held. Thread-safe.
 */
public final class SupplyLoss {

  /**
   * A device that is given, in whole or in part.
   *
   * @param device its number
   * @param consumed what is taken of the capacities of a shared device
   */
  public record Given(int device, Map<QualifiedName, Quantity> consumed) {}

  private final CompiledProblem problem;
  private final DeviceTable devices;
  private final boolean nothingExpected;
  private final SupplyComponents components;
  private final BesideHeld before = new BesideHeld(Map.of());

  /** Sorts what could be given into components. */
  public SupplyLoss(CompiledProblem problem, Expectation expectation) {
    this.problem = problem;
    this.devices = problem.devices();
    this.nothingExpected = expectation.isEmpty();
    this.components = new SupplyComponents(problem, expectation);
  }

  /** What is left beside what is held when some devices are given. */
  private final class BesideHeld implements SupplyComponents.Remains {
    private final Map<Integer, List<Given>> given;
    private final Map<Integer, Long> drawn = new HashMap<>();
    private final Map<Integer, BitSet> open = new HashMap<>();

    BesideHeld(Map<Integer, List<Given>> given) {
      this.given = given;
      given
          .keySet()
          .forEach(
              device -> {
                if (!isHeldShare(device)) {
                  draw(device);
                }
              });
    }

    private void draw(int device) {
      for (int s = 0; s < devices.sets(device).length; s++) {
        int set = devices.sets(device)[s];
        int base = problem.counters().base(set);
        Draw draw = devices.draws(device)[s];
        open.computeIfAbsent(set, problem.counters().groups()::open).and(draw.groupSet());
        for (int i = 0; i < draw.size(); i++) {
          drawn.merge(base + draw.counter(i), draw.amount(i), Long::sum);
        }
      }
    }

    private boolean isHeldShare(int device) {
      HeldDevices.Use use = devices.use(device);
      return use != null && use.shares() > 0;
    }

    @Override
    public long left(int counter) {
      return problem.counters().available(counter) - drawn.getOrDefault(counter, 0L);
    }

    @Override
    public BitSet open(int set) {
      return open.getOrDefault(set, problem.counters().groups().open(set));
    }

    @Override
    public boolean isFree(int device) {
      return !given.containsKey(device);
    }

    @Override
    public boolean hasShares(int device) {
      return given.containsKey(device) || isHeldShare(device);
    }

    @Override
    public BigDecimal consumed(int device, QualifiedName capacity) {
      HeldDevices.Use use = devices.use(device);
      BigDecimal consumed = use == null ? BigDecimal.ZERO : use.consumed(capacity);
      for (Given part : given.getOrDefault(device, List.of())) {
        consumed = consumed.add(part.consumed().getOrDefault(capacity, Quantity.ZERO).value());
      }
      return consumed;
    }
  }

  /** Returns what the supply is worth before less what it is worth after these are given. */
  public synchronized long of(Collection<Given> given) {
    if (nothingExpected) {
      return 0;
    }
    Map<Integer, List<Given>> byDevice = new TreeMap<>();
    given.forEach(
        each -> byDevice.computeIfAbsent(each.device(), d -> new ArrayList<>()).add(each));
    BesideHeld after = new BesideHeld(byDevice);
    long loss = 0;
    Set<Integer> touched = new TreeSet<>();
    for (int device : byDevice.keySet()) {
      if (devices.sets(device).length == 0) {
        loss += components.worthOfLone(device, before) - components.worthOfLone(device, after);
      }
      for (int set : devices.sets(device)) {
        touched.add(components.of(set));
      }
    }
    for (int component : touched) {
      loss += components.worth(component, before) - components.worth(component, after);
    }
    return loss;
  }

  /** Returns what the supply of the components of some devices is worth before any is given. */
  public synchronized long before(Collection<Integer> some) {
    if (nothingExpected) {
      return 0;
    }
    long worth = 0;
    Set<Integer> touched = new TreeSet<>();
    for (int device : some) {
      if (devices.sets(device).length == 0) {
        worth += components.worthOfLone(device, before);
      }
      for (int set : devices.sets(device)) {
        touched.add(components.of(set));
      }
    }
    for (int component : touched) {
      worth += components.worth(component, before);
    }
    return worth;
  }

  /** How many shares of a shared device an expected request could be given now, counters aside. */
  public synchronized long shares(int request, int device) {
    return components.shares(request, device, before);
  }
}
