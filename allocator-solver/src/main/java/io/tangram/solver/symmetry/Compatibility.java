package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Which devices of a component may be in use at a time as far as compatibility groups go (R122):
 * those for which each counter set can settle on a group that all of them on it list. So devices
 * may be in use together if one of some sets of devices holds them all, and only the largest of
 * these sets are of interest. Without groups there is one set, of all devices.
 */
final class Compatibility {

  /** How many sets are few: their number grows with the product of groups. */
  private static final int FEW_SETS = 256;

  /** The number of a group that no device lists. */
  private static final int NO_GROUP = -1;

  private Compatibility() {}

  /**
   * Returns the largest sets of devices that may be in use together, beside those that are.
   *
   * @param devices numbers of devices that nobody uses; the sets tell their places in the list
   * @param open the numbers of the groups of a counter set that all devices in use on it list
   * @return the sets, at least one
   */
  static ImmutableList<BitSet> of(
      CompiledProblem problem, List<Integer> devices, IntFunction<BitSet> open) {
    return of(problem, devices, open, Integer.MAX_VALUE).orElseThrow();
  }

  /** Returns the sets of devices that may be in use beside what is held, if these are few. */
  static Optional<ImmutableList<BitSet>> few(CompiledProblem problem, List<Integer> devices) {
    return of(problem, devices, problem.counters().groups()::open, FEW_SETS);
  }

  private static Optional<ImmutableList<BitSet>> of(
      CompiledProblem problem, List<Integer> devices, IntFunction<BitSet> open, int most) {
    BitSet all = new BitSet();
    all.set(0, devices.size());
    List<BitSet> largest = new ArrayList<>(List.of(all));
    if (!problem.counters().groups().isEmpty()) {
      Set<Integer> sets = new LinkedHashSet<>();
      devices.forEach(device -> sets.addAll(Ints.asList(problem.devices().sets(device))));
      for (int set : sets) {
        largest = largest(largest, choices(problem, devices, set, open.apply(set)));
        if (largest.size() > most) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(ImmutableList.copyOf(largest));
  }

  /** What may be in use under each of the open groups of a counter set. */
  private static List<BitSet> choices(
      CompiledProblem problem, List<Integer> devices, int set, BitSet open) {
    return open.isEmpty()
        ? List.of(allowed(problem, devices, set, NO_GROUP))
        : open.stream().mapToObj(group -> allowed(problem, devices, set, group)).toList();
  }

  /** The places of the devices that draw on the set under the group, or don't draw on it. */
  private static BitSet allowed(
      CompiledProblem problem, List<Integer> devices, int set, int group) {
    BitSet allowed = new BitSet();
    for (int place = 0; place < devices.size(); place++) {
      allowed.set(place, allows(problem.devices(), devices.get(place), set, group));
    }
    return allowed;
  }

  private static boolean allows(DeviceTable devices, int device, int set, int group) {
    int[] sets = devices.sets(device);
    for (int s = 0; s < sets.length; s++) {
      Draw draw = devices.draws(device)[s];
      if (sets[s] == set && !draw.groups().contains(group)) {
        return false;
      }
    }
    return true;
  }

  /** The sets that are in one of each, without those that another one holds. */
  private static List<BitSet> largest(List<BitSet> some, List<BitSet> choices) {
    List<BitSet> both = new ArrayList<>();
    for (BitSet before : some) {
      for (BitSet choice : choices) {
        BitSet common = (BitSet) before.clone();
        common.and(choice);
        if (both.stream().noneMatch(larger -> holds(larger, common))) {
          both.removeIf(smaller -> holds(common, smaller));
          both.add(common);
        }
      }
    }
    return both;
  }

  /** Whether the first holds all of the second. */
  static boolean holds(BitSet first, BitSet second) {
    BitSet rest = (BitSet) second.clone();
    rest.andNot(first);
    return rest.isEmpty();
  }
}
