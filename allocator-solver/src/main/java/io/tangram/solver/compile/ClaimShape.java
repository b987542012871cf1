package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.QualifiedName;

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
   */
  public record Line(boolean prioritized, ImmutableList<Leaf> leaves) {}

  /**
   * A constraint on the devices of some alternatives.
   *
   * @param kind what it demands
   * @param attribute of which attribute
   * @param covered the alternatives it covers, as {@code [request][alternative]} flattened to
   *     {@code request * 8 + alternative}
   */
  public record Tie(Kind kind, QualifiedName attribute, ImmutableList<Integer> covered) {

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
