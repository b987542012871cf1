package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.Violation;
import io.tangram.api.check.Violation.Severity;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Reason;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.NearNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the owner of an input seems to have left out of it, such as a kind for kubectl to get. */
final class Omissions {

  /** The rule that a held device is published. */
  private static final String GONE = "R94";

  private static final String NO_SLICES =
      "the input has no ResourceSlices; add the cluster with -f, as kubectl get resourceslices"
          + " writes it.";

  private Omissions() {}

  /** Returns what is missed where devices are to be given, each one line. */
  static ImmutableList<String> beforeAllocation(Cluster cluster) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    if (cluster.problem().slices().isEmpty() && !cluster.problem().claims().isEmpty()) {
      lines.add(NO_SLICES);
    }
    if (!cluster.hasNodeObjects()
        && cluster.pods().pending() > 0
        && cluster.problem().slices().stream().anyMatch(Omissions::namesNode)) {
      lines.add(
          "the input has no Node objects, so labels, taints and resources of nodes are not known:"
              + " pods that select labels stay out, and nothing else keeps a pod from a node. Add"
              + " nodes to what kubectl gets.");
    }
    return lines.addAll(misspelledClasses(cluster.problem())).build();
  }

  /** Returns a question for each class that pending claims name, if one is there of a near name. */
  private static ImmutableList<String> misspelledClasses(AllocationProblem problem) {
    List<String> classes = problem.deviceClasses().stream().map(DeviceClass::name).toList();
    Set<String> known = ImmutableSet.copyOf(classes);
    Map<String, Claim> missing = new LinkedHashMap<>();
    for (Claim claim : problem.claims()) {
      claim.requests().stream()
          .flatMap(request -> request.alternatives().stream())
          .map(DeviceRequest::deviceClass)
          .filter(name -> !known.contains(name))
          .forEach(name -> missing.putIfAbsent(name, claim));
    }
    ImmutableList.Builder<String> questions = ImmutableList.builder();
    missing.forEach(
        (name, claim) -> {
          String question = NearNames.question(name, classes, "");
          if (!question.isEmpty()) {
            questions.add(
                "claim %s asks for device class %s, which does not exist (R39); %s"
                    .formatted(claim.id(), name, question));
          }
        });
    return questions.build();
  }

  /**
   * Returns a question for each attribute that nobody publishes and for which a claim stays out, if
   * one of a near name is published, each one line.
   */
  static ImmutableList<String> misspelledAttributes(
      AllocationProblem problem, AllocationPlan plan) {
    Map<QualifiedName, ClaimId> missing = new LinkedHashMap<>();
    plan.unallocated()
        .forEach(
            (claim, reason) -> {
              if (reason instanceof Reason.AttributeUnpublished unpublished) {
                missing.putIfAbsent(unpublished.attribute(), claim);
              }
            });
    if (missing.isEmpty()) {
      return ImmutableList.of();
    }
    SetMultimap<String, QualifiedName> byDriver = LinkedHashMultimap.create();
    for (ResourceSlice slice : problem.slices()) {
      slice
          .devices()
          .forEach(each -> byDriver.putAll(slice.pool().driver(), each.attributes().keySet()));
    }
    List<String> published =
        byDriver.entries().stream()
            .map(each -> each.getValue().in(each.getKey()).toString())
            .distinct()
            .toList();
    ImmutableList.Builder<String> questions = ImmutableList.builder();
    missing.forEach(
        (attribute, claim) -> {
          String question = NearNames.question(attribute.toString(), published, "");
          if (!question.isEmpty()) {
            questions.add(
                "claim %s has a constraint on attribute %s, which no device has (R97); %s"
                    .formatted(claim, attribute, question));
          }
        });
    return questions.build();
  }

  /**
   * Returns the findings with one that says that there are no slices, in place of one for each
   * device that is therefore not found.
   */
  static ImmutableList<Violation> summed(List<Violation> findings, Cluster cluster) {
    if (!cluster.problem().slices().isEmpty() || findings.stream().noneMatch(Omissions::isGone)) {
      return ImmutableList.copyOf(findings);
    }
    return Stream.concat(
            Stream.of(
                new Violation(GONE, Severity.DRIFT, Optional.empty(), Optional.empty(), NO_SLICES)),
            findings.stream().filter(finding -> !isGone(finding)))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isGone(Violation finding) {
    return finding.rule().equals(GONE);
  }

  private static boolean namesNode(ResourceSlice slice) {
    return slice.nodes() instanceof NodeSelection.OneNode
        || slice.devices().stream()
            .anyMatch(
                device ->
                    device.nodes().filter(NodeSelection.OneNode.class::isInstance).isPresent());
  }
}
