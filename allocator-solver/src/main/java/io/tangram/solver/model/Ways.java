package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.UnitType;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways to choose one alternative for each request of a unit.
 *
 * <p>Complexity: the product of the numbers of alternatives.
 */
final class Ways {

  /**
   * A chosen alternative.
   *
   * @param claim the place of the claim in the unit
   * @param request the place of the request in the claim
   * @param alternative the place of the alternative in the request
   * @param leaf the alternative
   */
  record Pick(int claim, int request, int alternative, Leaf leaf) {}

  /**
   * One alternative for each request.
   *
   * @param picks the alternatives by claim and request
   * @param score the sum of their scores (R80)
   */
  record Way(ImmutableList<Pick> picks, int score) {

    /** The alternatives that a constraint of a claim covers. */
    List<Pick> coveredBy(int claim, ClaimShape.Tie tie) {
      return picks.stream()
          .filter(pick -> pick.claim() == claim && tie.covers(pick.request(), pick.alternative()))
          .toList();
    }
  }

  private Ways() {}

  /** How many ways there are, {@link Integer#MAX_VALUE} if more than that. */
  static int count(UnitType type) {
    long count = 1;
    for (ClaimShape claim : type.claims()) {
      for (ClaimShape.Line line : claim.requests()) {
        count = Math.min(Integer.MAX_VALUE, count * line.leaves().size());
      }
    }
    return (int) count;
  }

  /**
   * Returns the ways, better alternatives of earlier requests first, without those that give a
   * claim more devices than it can have (R204).
   */
  static List<Way> of(UnitType type) {
    List<Way> ways = new ArrayList<>();
    extend(type, 0, 0, new ArrayList<>(), 0, ways);
    return ways;
  }

  private static void extend(
      UnitType type, int claim, int request, List<Pick> picks, int score, List<Way> ways) {
    if (claim == type.claims().size()) {
      ways.add(new Way(ImmutableList.copyOf(picks), score));
      return;
    }
    List<ClaimShape.Line> lines = type.claims().get(claim).requests();
    if (request == lines.size()) {
      if (devices(picks, claim) <= Claim.MAX_DEVICES) {
        extend(type, claim + 1, 0, picks, score, ways);
      }
      return;
    }
    ClaimShape.Line line = lines.get(request);
    for (int alternative = 0; alternative < line.leaves().size(); alternative++) {
      picks.add(new Pick(claim, request, alternative, line.leaves().get(alternative)));
      int gained = line.prioritized() ? Request.FirstAvailable.score(alternative) : 0;
      extend(type, claim, request + 1, picks, score + gained, ways);
      picks.remove(picks.size() - 1);
    }
  }

  private static long devices(List<Pick> picks, int claim) {
    return picks.stream()
        .filter(pick -> pick.claim() == claim && !pick.leaf().isAll())
        .mapToLong(pick -> Math.min(pick.leaf().count(), Integer.MAX_VALUE))
        .sum();
  }
}
