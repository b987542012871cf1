package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import java.util.BitSet;

/**
 * What a claim asks for, without names: claims of one shape can stand in for each other.
 *
 * @param requests the requests in order
 * @param constraints the constraints in order
 */
public record ClaimShape(ImmutableList<Line> requests, ImmutableList<Tie> constraints) {

  /**
   * A request.
   *
   * @param prioritized whether it is a prioritized list, which scores (R80)
   * @param leaves its alternatives, best first
   * @param own what of some nodes does instead of devices
   */
  public record Line(boolean prioritized, ImmutableList<Leaf> leaves, OwnSupply own) {

    /** Whether devices are needed for it on a node. */
    public boolean asksOn(int node) {
      return !own.nodes().get(node);
    }
  }

  /**
   * What nodes have themselves of the extended resource that a request stands for (R216).
   *
   * @param resource the number of the resource, as in {@link NodeResources}
   * @param nodes the nodes that offer it; don't change the set
   */
  public record OwnSupply(int resource, BitSet nodes) {

    /** None: devices are needed everywhere. */
    public static final OwnSupply NONE = new OwnSupply(-1, new BitSet());
  }

  /** Whether it asks for devices on a node. */
  public boolean asksOn(int node) {
    return requests.stream().anyMatch(line -> line.asksOn(node));
  }

  /**
   * A constraint on the devices of some alternatives.
   *
   * @param kind what it demands
   * @param trait of what
   * @param covered the alternatives it covers, as {@code [request][alternative]} flattened to
   *     {@code request * 8 + alternative}
   */
  public record Tie(Kind kind, Trait trait, ImmutableList<Integer> covered) {

    /** The kinds of constraints. */
    public enum Kind {
      /** All covered devices have a common value (R98, R101). */
      MATCH,
      /** No two covered devices have a common value (R104, R105). */
      DISTINCT
    }

    /** Whether the constraint covers an alternative of a request. */
    public boolean covers(int request, int alternative) {
      return covered.contains(place(request, alternative));
    }

    static int place(int request, int alternative) {
      return request * 8 + alternative;
    }
  }
}
