package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Ordering;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Why claims and workloads stay out of the oracle's plan: the first thing found to be in the way.
 */
final class ExhaustiveReasons {

  private static final Reason NOTHING_FITS =
      new Reason.ConstraintUnsatisfied(
          ImmutableList.of("all rules for the claim and those of its workload"));

  private final AllocationProblem problem;
  private final OracleAnswer answer;
  private final RequestRules rules;
  private final ImmutableList<AdmissionUnit> queue;

  ExhaustiveReasons(AllocationProblem problem, OracleAnswer answer) {
    this.problem = problem;
    this.answer = answer;
    this.rules = new RequestRules(problem);
    this.queue = AdmissionUnit.queueOf(problem);
  }

  /** Returns why the claim stays out; with several workloads what is in the way of one of them. */
  Reason of(Claim claim) {
    return answer.fitAlone().contains(claim.id())
        ? Reason.Outranked.byOthers()
        : hopeless(claim)
            .or(
                () ->
                    queue.stream()
                        .filter(unit -> unit.claims().contains(claim))
                        .flatMap(unit -> keptFromNodes(unit).stream())
                        .findFirst())
            .orElse(NOTHING_FITS);
  }

  /** Returns why the workload stays out. */
  Reason of(Workload workload) {
    if (answer.workloadsThatFitAlone().contains(workload.id())) {
      return Reason.Outranked.byOthers();
    }
    AdmissionUnit unit =
        queue.stream()
            .filter(each -> each.workload().filter(workload::equals).isPresent())
            .findFirst()
            .orElseThrow();
    return keptFromNodes(unit)
        .or(() -> unit.claims().stream().flatMap(claim -> hopeless(claim).stream()).findFirst())
        .orElse(NOTHING_FITS);
  }

  private Optional<Reason> keptFromNodes(AdmissionUnit unit) {
    if (unit.workload().isEmpty()) {
      return Optional.empty();
    }
    Workload workload = unit.workload().get();
    if (!workload.unsupported().isEmpty()) {
      return Optional.of(
          new Reason.UnsupportedConstraint(String.join(", ", workload.unsupported())));
    }
    if (!unit.evicting().isEmpty()) {
      EvictingTaint first = unit.evicting().get(0);
      return Optional.of(new Reason.ClaimTainted(first.claim(), first.device(), first.taint()));
    }
    List<Node> allowed =
        problem.nodes().stream().filter(node -> NodeRules.allow(unit, node)).toList();
    if (allowed.isEmpty()) {
      return Optional.of(
          new Reason.NodesExcluded(
              0, problem.nodes().size(), NodeRules.excluded(unit, problem.nodes())));
    }
    NodeLoad load = unit.heldLoad();
    if (!load.isReferenced()) {
      return load.parts().stream()
          .filter(claim -> workload.containers().getOrDefault(claim, 0) == 0)
          .findFirst()
          .map(Reason.PartOfNodeUnreferenced::new);
    }
    boolean anySuffices =
        allowed.stream()
            .anyMatch(node -> NodeRules.after(ImmutableMap.of(), unit, node, load).isPresent());
    if (anySuffices) {
      return Optional.empty();
    }
    Map<String, Quantity> needs = new TreeMap<>(NodeRules.needs(unit));
    load.taken().forEach((resource, amount) -> needs.merge(resource, amount, Quantity::plus));
    return needs.entrySet().stream()
        .flatMap(need -> scarce(unit, need, allowed).stream())
        .findFirst();
  }

  private static Optional<Reason> scarce(
      AdmissionUnit unit, Map.Entry<String, Quantity> need, List<Node> allowed) {
    boolean isHeld = unit.heldLoad().taken().containsKey(need.getKey());
    List<Quantity> tooLittle =
        allowed.stream()
            .filter(node -> isHeld || NodeRules.needs(unit, node).containsKey(need.getKey()))
            .flatMap(node -> node.available().stream())
            .map(available -> available.getOrDefault(need.getKey(), Quantity.ZERO))
            .filter(available -> available.compareTo(need.getValue()) < 0)
            .toList();
    return tooLittle.stream()
        .max(Ordering.natural())
        .map(
            most ->
                new Reason.NodeResources(need.getKey(), need.getValue(), most, tooLittle.size()));
  }

  private Optional<Reason> hopeless(Claim claim) {
    if (!claim.offFeatures().isEmpty()) {
      return Optional.of(new Reason.FeatureOff(claim.offFeatures().get(0)));
    }
    if (rules.isDeniedAdmin(claim)) {
      return Optional.of(new Reason.AdminAccessDenied(claim.id().namespace()));
    }
    if (!claim.extendedResources().isEmpty()) {
      return Optional.empty(); // it is another one on each node
    }
    if (RequestRules.leastDevices(claim) > Claim.MAX_DEVICES) {
      return Optional.of(
          new Reason.LimitExceeded(RequestRules.leastDevices(claim), Claim.MAX_DEVICES));
    }
    return claim.requests().stream().flatMap(this::flawed).findFirst();
  }

  private Stream<Reason> flawed(Request request) {
    return request.alternatives().stream()
        .flatMap(
            leaf -> {
              String name = request.resultName(leaf);
              if (rules.isClassMissing(leaf)) {
                return Stream.of(new Reason.ClassMissing(name, leaf.deviceClass()));
              }
              return rules.isBroken(leaf)
                  ? Stream.of(new Reason.SelectorFailed(name, "selectors", "one does not compile"))
                  : Stream.empty();
            });
  }
}
