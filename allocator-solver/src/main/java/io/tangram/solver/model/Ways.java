package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.plan.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

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

    /** How many claims ask for devices. */
    long claims() {
      return picks.stream().mapToInt(Pick::claim).distinct().count();
    }

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
   * Returns the ways where all requests need devices, better alternatives of earlier requests
   * first, without those that give a claim more devices than it can have (R204).
   */
  static List<Way> of(UnitType type) {
    return of(type, line -> true);
  }

  /** Returns the ways on a node, without requests that the node serves itself (R216). */
  static List<Way> on(int node, UnitType type) {
    return of(type, line -> line.asksOn(node));
  }

  private static List<Way> of(UnitType type, Predicate<ClaimShape.Line> asks) {
    List<Way> ways = new ArrayList<>();
    extend(type, asks, 0, 0, new ArrayList<>(), 0, ways);
    return ways;
  }

  private static void extend(
      UnitType type,
      Predicate<ClaimShape.Line> asks,
      int claim,
      int request,
      List<Pick> picks,
      int score,
      List<Way> ways) {
    if (claim == type.claims().size()) {
      ways.add(new Way(ImmutableList.copyOf(picks), score));
      return;
    }
    List<ClaimShape.Line> lines = type.claims().get(claim).requests();
    if (request == lines.size()) {
      if (devices(picks, claim) <= Claim.MAX_DEVICES) {
        extend(type, asks, claim + 1, 0, picks, score, ways);
      }
      return;
    }
    ClaimShape.Line line = lines.get(request);
    if (!asks.test(line)) {
      extend(type, asks, claim, request + 1, picks, score, ways);
      return;
    }
    for (int alternative = 0; alternative < line.leaves().size(); alternative++) {
      picks.add(new Pick(claim, request, alternative, line.leaves().get(alternative)));
      int gained = line.prioritized() ? Request.FirstAvailable.score(alternative) : 0;
      extend(type, asks, claim, request + 1, picks, score + gained, ways);
      picks.remove(picks.size() - 1);
    }
  }

  /** Returns a choice of nothing for each request, as {@code [claim][request]}, to be changed. */
  static List<List<Placement.Choice>> nothing(UnitType type) {
    List<List<Placement.Choice>> choices = new ArrayList<>();
    for (ClaimShape claim : type.claims()) {
      choices.add(
          new ArrayList<>(Collections.nCopies(claim.requests().size(), Placement.Choice.NOTHING)));
    }
    return choices;
  }

  private static long devices(List<Pick> picks, int claim) {
    return picks.stream()
        .filter(pick -> pick.claim() == claim && !pick.leaf().isAll())
        .mapToLong(pick -> Math.min(pick.leaf().count(), Integer.MAX_VALUE))
        .sum();
  }
}
