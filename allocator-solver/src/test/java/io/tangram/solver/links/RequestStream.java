package io.tangram.solver.links;

import com.google.common.collect.ContiguousSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Requests for sets of eight GPUs that come and go at random, the same for one seed. */
final class RequestStream {

  private static final int EVENTS = 60;
  private static final Set<Integer> GPUS = ContiguousSet.closedOpen(0, 8);

  private final BiFunction<Set<Integer>, Integer, ? extends Set<Integer>> policy;

  /** Lets a policy choose so many of the GPUs that are free. */
  RequestStream(BiFunction<Set<Integer>, Integer, ? extends Set<Integer>> policy) {
    this.policy = policy;
  }

  /**
   * Returns the sets that were given, in their order.
   *
   * @param largest requests are for 1 up to so many GPUs, whether they are free or not
   * @param arriving how likely the next event is a request, and not the end of one
   */
  List<Set<Integer>> run(long seed, int largest, double arriving) {
    Random random = new Random(seed);
    Set<Integer> free = new TreeSet<>(GPUS);
    List<Set<Integer>> held = new ArrayList<>();
    List<Set<Integer>> given = new ArrayList<>();
    for (int event = 0; event < EVENTS; event++) {
      boolean arrives = random.nextDouble() < arriving;
      int size = 1 + random.nextInt(largest);
      int ending = random.nextInt(Integer.MAX_VALUE);
      if (!arrives && !held.isEmpty()) {
        free.addAll(held.remove(ending % held.size()));
      } else if (size <= free.size()) {
        Set<Integer> set = Set.copyOf(policy.apply(free, size));
        free.removeAll(set);
        held.add(set);
        given.add(set);
      }
    }
    return given;
  }
}
