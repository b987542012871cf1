package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import java.util.List;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * One number to make as large as possible once those before it are: an objective, a part of it, or
 * what decides between plans that are equal in it.
 *
 * @param objective the name of the objective it belongs to, as in {@link ObjectiveResult#name}
 * @param tier the tier it is for, 0 for objectives after admission
 * @param sign what a point of the goal counts in the objective's value: 1, -1 where the objective
 *     is minimised, 0 where the goal only decides between equals
 * @param ofUnit what an admitted unit adds, with the claims newly allocated with it
 * @param ofSituation what a situation adds, however it was reached: nothing before anything is
 *     planned, and never more with one unit more
 */
record Goal(
    String objective,
    int tier,
    int sign,
    ToLongBiFunction<AdmissionUnit, List<PlannedClaim>> ofUnit,
    ToLongFunction<Situation> ofSituation) {

  /** Returns the goals that the options ask for, in order. */
  static ImmutableList<Goal> of(
      AllocationProblem problem, AllocationOptions options, List<AdmissionUnit> queue) {
    options.requireSuits(problem);
    DeviceMeasures measures = new DeviceMeasures(problem);
    ImmutableList.Builder<Goal> goals = ImmutableList.builder();
    queue.stream()
        .mapToInt(AdmissionUnit::priority)
        .distinct()
        .forEach(tier -> goals.addAll(admission(tier, options, queue, measures)));
    for (Objective objective : options.objectives()) {
      goals.add(of(objective, problem, options, measures));
    }
    return goals.build();
  }

  private static Goal of(
      Objective objective,
      AllocationProblem problem,
      AllocationOptions options,
      DeviceMeasures measures) {
    NodeMeasures nodes = new NodeMeasures(problem, options);
    return switch (objective) {
      case PREFERENCE -> maximising(objective, PlannedClaim::preference);
      case TOPOLOGY -> {
        ImmutableMap<String, ImmutableMap<String, String>> labels = NodeRules.labels(problem);
        yield minimising(
            objective,
            situation -> situation.groups().stream().mapToLong(each -> each.missed(labels)).sum());
      }
      case BANDWIDTH -> {
        LinkRules links = new LinkRules(problem);
        yield maximising(objective, claim -> links.bandwidth(claim, options.linkObjective()));
      }
      case FIT ->
          new Goal(
              objective.label(),
              0,
              -1,
              (unit, claims) -> -sum(claims, measures::size),
              situation -> 0);
      case FRAGMENTATION -> {
        SupplyMeasure supply = new SupplyMeasure(problem, options);
        yield minimising(objective, situation -> supply.loss(situation.usage()));
      }
      case PACKING -> minimising(objective, situation -> nodes.packing(situation.nodes()));
      case COST -> minimising(objective, situation -> nodes.cost(situation.nodes()));
      case SPREAD -> minimising(objective, situation -> nodes.spread(situation.nodes()));
      case STABILITY -> maximising(objective, claim -> claim.isAsIn(options.start()) ? 1 : 0);
    };
  }

  private static Goal maximising(Objective objective, ToLongFunction<PlannedClaim> measure) {
    return new Goal(
        objective.label(),
        0,
        1,
        (unit, claims) -> claims.stream().mapToLong(measure).sum(),
        situation -> 0);
  }

  private static Goal minimising(Objective objective, ToLongFunction<Situation> measure) {
    return new Goal(
        objective.label(),
        0,
        -1,
        (unit, claims) -> 0,
        situation -> -measure.applyAsLong(situation));
  }

  /** Returns whether the objectives look at what nodes are used for. */
  static boolean lookAtNodes(AllocationOptions options) {
    return options.objectives().contains(Objective.PACKING)
        || options.objectives().contains(Objective.COST)
        || options.objectives().contains(Objective.SPREAD);
  }

  private static List<Goal> admission(
      int tier, AllocationOptions options, List<AdmissionUnit> queue, DeviceMeasures measures) {
    ToLongBiFunction<AdmissionUnit, List<PlannedClaim>> claims = (unit, given) -> given.size();
    Goal mostUnits = admission(tier, 0, (unit, given) -> 1);
    return switch (options.admission()) {
      case MOST_CLAIMS -> List.of(admission(tier, 1, claims), mostUnits);
      case MOST_DEVICE_SHARE ->
          List.of(
              admission(tier, 1, (unit, given) -> sum(given, measures::share)),
              admission(tier, 0, claims),
              mostUnits);
      case IN_ORDER ->
          Stream.concat(
                  queue.stream()
                      .filter(each -> each.priority() == tier)
                      .map(each -> admission(tier, 0, (unit, given) -> unit.equals(each) ? 1 : 0)),
                  Stream.of(admission(tier, 1, claims)))
              .toList();
    };
  }

  private static Goal admission(
      int tier, int sign, ToLongBiFunction<AdmissionUnit, List<PlannedClaim>> measure) {
    return new Goal(
        ObjectiveResult.ADMISSION,
        tier,
        sign,
        (unit, claims) -> unit.priority() == tier ? measure.applyAsLong(unit, claims) : 0,
        situation -> 0);
  }

  private static long sum(List<PlannedClaim> claims, ToLongFunction<ChosenDevice> measure) {
    return claims.stream().flatMap(claim -> claim.devices().stream()).mapToLong(measure).sum();
  }
}
