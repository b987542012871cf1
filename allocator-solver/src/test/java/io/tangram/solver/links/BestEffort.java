package io.tangram.solver.links;

import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * NVIDIA's best-effort policy, as it is described, for GPUs numbered from 0: a pair has 100 points
 * for each NVLink and, besides, 50 points for PIX down to 10 for SYS; a set has the points of its
 * pairs, a partition of all free GPUs into sets of the wanted size those of its sets; the policy
 * takes the best set of the best partition. Where the GPUs don't come out even, one set of the
 * partition is smaller, and never taken. Of equals the first one counts, in the order of numbers.
 */
final class BestEffort {

  private static final int NONE = 0;

  private final int gpus;

  /** The points of each set, which is a bit mask with GPU 0 as the highest bit. */
  private final long[] points;

  BestEffort(LinkGraph<Integer> graph) {
    gpus = graph.devices().size();
    points = new long[1 << gpus];
    for (int set = 1; set < points.length; set++) {
      int rest = set & (set - 1);
      int added = numbers(set ^ rest).iterator().next();
      points[set] = points[rest];
      for (int gpu : numbers(rest)) {
        points[set] += points(graph.link(gpu, added));
      }
    }
  }

  static long points(Link link) {
    return 100L * link.nvLinks().orElse(0) + 10L * link.nearness();
  }

  /** The points of a set. */
  long points(Set<Integer> set) {
    return points[mask(set)];
  }

  /** Returns the set that it gives, if so many GPUs are free. */
  Optional<Set<Integer>> choose(Set<Integer> free, Set<Integer> holding, int size) {
    Partitions partitions = new Partitions(mask(holding), size, free.size() % size);
    partitions.divide(mask(free), free.size() % size == 0, 0, NONE);
    return Optional.of(partitions.chosen).filter(set -> set != NONE).map(this::numbers);
  }

  /** All partitions, of which it remembers the best one's best set. */
  private final class Partitions {

    private final int holding;
    private final int size;
    private final int sizeOfSmaller;
    private long most = -1;
    private int chosen = NONE;

    Partitions(int holding, int size, int sizeOfSmaller) {
      this.holding = holding;
      this.size = size;
      this.sizeOfSmaller = sizeOfSmaller;
    }

    /** Splits off each set with the first of the GPUs that are left, in the order of numbers. */
    void divide(int left, boolean hasSmaller, long sum, int best) {
      if (left == 0) {
        if (best != NONE && sum > most) {
          most = sum;
          chosen = best;
        }
        return;
      }
      int first = Integer.highestOneBit(left);
      int others = left ^ first;
      for (int mates = others; ; mates = (mates - 1) & others) {
        int set = first | mates;
        if (Integer.bitCount(set) == size) {
          divide(left ^ set, hasSmaller, sum + points[set], better(set, best));
        } else if (!hasSmaller && Integer.bitCount(set) == sizeOfSmaller) {
          divide(left ^ set, true, sum + points[set], best);
        }
        if (mates == 0) {
          return;
        }
      }
    }

    private int better(int set, int best) {
      boolean counts = (set & holding) == holding;
      return counts && (best == NONE || points[set] > points[best]) ? set : best;
    }
  }

  private int mask(Set<Integer> numbers) {
    return numbers.stream().mapToInt(gpu -> 1 << (gpus - 1 - gpu)).sum();
  }

  private Set<Integer> numbers(int mask) {
    return IntStream.range(0, gpus)
        .filter(gpu -> (mask >> (gpus - 1 - gpu) & 1) == 1)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
