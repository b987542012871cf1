package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.api.device.Device;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.ExpectedLeaf;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.result.ConsumedCapacity;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the requests that are expected next can do with each device, and what a supply for them is
 * worth: the quantities of {@link io.tangram.api.plan.Objective#FRAGMENTATION}.
 */
public final class Expectation {

  private static final BitSet NOTHING = new BitSet();

  private record Kind(
      Object look, Object taints, Object barrier, Object capacity, boolean shared) {}

  private final CompiledProblem problem;
  private final ImmutableList<ExpectedLeaf> expected;
  private final Map<Kind, BitSet> kinds = new HashMap<>();
  private final BitSet[] suits;
  private final long[] worth;

  /** Looks at every device once, if anything is expected. */
  public Expectation(CompiledProblem problem, Measures measures) {
    this.problem = problem;
    this.expected = problem.expected();
    DeviceTable devices = problem.devices();
    this.suits = new BitSet[expected.isEmpty() ? 0 : devices.size()];
    long[] least = new long[expected.size()];
    Arrays.fill(least, Long.MAX_VALUE);
    for (int device = 0; device < suits.length; device++) {
      boolean offered = devices.isSeen(device) && !devices.isUnmergeable(device);
      suits[device] = offered ? suitedBy(device) : NOTHING;
      for (int request : suits[device].stream().toArray()) {
        least[request] = Math.min(least[request], share(request, device, measures));
      }
    }
    this.worth = new long[expected.size()];
    for (int request = 0; request < worth.length; request++) {
      boolean unsuited = least[request] == Long.MAX_VALUE;
      worth[request] = unsuited ? 0 : expected.get(request).weight() * least[request];
    }
  }

  private BitSet suitedBy(int device) {
    Device published = problem.devices().device(device);
    Kind kind =
        new Kind(
            problem.matching().lookOf(device),
            published.taints(),
            published.barrier(),
            published.capacity(),
            published.allowMultipleAllocations());
    return kinds.computeIfAbsent(
        kind,
        k -> {
          BitSet bits = new BitSet();
          for (int request = 0; request < expected.size(); request++) {
            bits.set(request, suits(expected.get(request).leaf(), device));
          }
          return bits;
        });
  }

  private boolean suits(Leaf leaf, int device) {
    if (!problem.devices().isShared(device)) {
      return problem.admits(leaf, device);
    }
    return problem.admitsShared(leaf, device)
        && ConsumedCapacity.of(problem.devices().device(device), leaf.request().capacityRequests())
            .isPresent();
  }

  private long share(int request, int device, Measures measures) {
    return problem.devices().isShared(device)
        ? measures.shareOf(
            device,
            ConsumedCapacity.of(
                    problem.devices().device(device),
                    expected.get(request).leaf().request().capacityRequests())
                .orElseThrow())
        : measures.share(device);
  }

  /** Whether nothing is expected, or no objective asks what is. */
  public boolean isEmpty() {
    return expected.isEmpty();
  }

  /** The expected requests, by number. */
  public ImmutableList<ExpectedLeaf> requests() {
    return expected;
  }

  /** The numbers of the requests that a device suits, held or not; don't change the set. */
  public BitSet suits(int device) {
    return suits.length == 0 ? NOTHING : suits[device];
  }

  /** What it is worth to be able to serve one request of a kind. */
  public long worth(int request) {
    return worth[request];
  }

  /** How many requests of each kind a dedicated device can serve: one or none. */
  ImmutableLongArray units(BitSet suited) {
    ImmutableLongArray.Builder units = ImmutableLongArray.builder(worth.length);
    for (int request = 0; request < worth.length; request++) {
      units.add(suited.get(request) ? 1 : 0);
    }
    return units.build();
  }

  /** What it is worth to be able to serve so many requests of each kind. */
  long worth(ImmutableLongArray units) {
    long sum = 0;
    for (int request = 0; request < worth.length; request++) {
      if (worth[request] > 0) {
        sum += worth[request] * units.get(request);
      }
    }
    return sum;
  }

  /** What it is worth to have a dedicated device that draws on no counters. */
  long worth(BitSet suited) {
    return worth(units(suited));
  }

  /**
   * What the supply of a component is worth, each kind of request for itself.
   *
   * @param alternatives what can be given together, one way or the other
   */
  long worth(List<List<Offer>> alternatives, long[] remaining) {
    long sum = 0;
    for (int request = 0; request < worth.length; request++) {
      if (worth[request] > 0) {
        long most = 0;
        for (List<Offer> offers : alternatives) {
          most = Math.max(most, LargestSupply.of(request, offers, remaining));
        }
        sum += worth[request] * most;
      }
    }
    return sum;
  }
}
