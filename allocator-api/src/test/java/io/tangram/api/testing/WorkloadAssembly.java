package io.tangram.api.testing;

import static io.tangram.api.testing.ProblemRecipe.ClaimAspect;
import static io.tangram.api.testing.ProblemRecipe.ClusterAspect;
import static io.tangram.api.testing.ProblemRecipe.WorkloadAspect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Toleration;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the workloads of a recipe: of claims in a row, of claims that others reference too, and
 * without pending claims. A claim that no workload wants for anything stays alone; one that stands
 * for extended resources has a workload of its own that takes them.
 */
final class WorkloadAssembly {

  /** How many draws it needs. */
  static final int DRAWS = 11;

  // the first draw of each kind of workload
  private static final int IN_A_ROW = 0;
  private static final int SHARING = 6;
  private static final int CLAIMLESS = 8;
  private static final int HELD_ONLY = 10;

  private final ProblemRecipe recipe;
  private final ClaimAssembly claims;
  private final ImmutableList<Claim> reasonable;
  private final ImmutableList<Claim> sharable;
  private final List<Allocation> held;
  private final List<Workload> workloads = new ArrayList<>();
  private final List<WorkloadGroup> groups = new ArrayList<>();

  WorkloadAssembly(ProblemRecipe recipe, ClaimAssembly claims, List<Allocation> held) {
    this.recipe = recipe;
    this.claims = claims;
    this.reasonable = claims.reasonable();
    this.sharable =
        reasonable.stream()
            .filter(claim -> claim.extendedResources().isEmpty())
            .collect(ImmutableList.toImmutableList());
    this.held = held;
    addClaimsInARow();
    addHopeless();
    if (recipe.has(Feature.SHARED_CLAIMS) && !sharable.isEmpty()) {
      addSharing(draw(SHARING), draw(SHARING + 1));
    }
    if (recipe.has(Feature.CLAIMLESS_WORKLOADS)) {
      add(ImmutableList.of(), draw(CLAIMLESS));
      if (draw(CLAIMLESS + 1).oneIn(2, WorkloadAspect.PRESENT)) {
        add(ImmutableList.of(), draw(CLAIMLESS + 1));
      }
    }
    if (recipe.has(Feature.HELD_CLAIMS_ONLY) && !held.isEmpty()) {
      ClaimId claim = draw(HELD_ONLY).oneOf(WorkloadAspect.HELD_CLAIM, held).claim();
      add(ImmutableList.of(claim), draw(HELD_ONLY));
    }
    if (recipe.has(Feature.UNSUPPORTED_CONSTRAINTS) && !workloads.isEmpty()) {
      makeOneUnsupported();
    }
    if (recipe.has(Feature.GROUPS) && workloads.size() > 1) {
      addGroup();
    }
  }

  ImmutableList<Workload> workloads() {
    return recipe.has(Feature.NODE_CONSUMPTION)
        ? workloads.stream().map(this::withContainers).collect(ImmutableList.toImmutableList())
        : ImmutableList.copyOf(workloads);
  }

  /** Most claims have a container, a few two or none. */
  private Workload withContainers(Workload workload) {
    ImmutableMap.Builder<ClaimId, Integer> containers = ImmutableMap.builder();
    Draw draw = draw(workloads.indexOf(workload) % DRAWS);
    int[] numbers = {1, 1, 2, 1, 0, 1};
    int next = draw.below(numbers.length, WorkloadAspect.CONTAINERS);
    for (ClaimId claim : new LinkedHashSet<>(workload.claims())) {
      containers.put(claim, numbers[next++ % numbers.length]);
    }
    return ImmutableWorkload.copyOf(workload).withContainers(containers.buildOrThrow());
  }

  ImmutableList<WorkloadGroup> groups() {
    return ImmutableList.copyOf(groups);
  }

  private Draw draw(int number) {
    return recipe.workloads().get(number);
  }

  private void makeOneUnsupported() {
    int which = recipe.cluster().below(workloads.size(), ClusterAspect.UNSUPPORTED);
    workloads.set(
        which,
        ImmutableWorkload.copyOf(workloads.get(which))
            .withUnsupported("required anti-affinity between pods"));
  }

  /**
   * Two or three neighbours, of which mostly all must be placed; now and then one is missing. They
   * get the priority of the first.
   */
  private void addGroup() {
    Draw draw = recipe.cluster();
    int start = draw.below(workloads.size() - 1, ClusterAspect.GROUP_START);
    int end = Math.min(workloads.size(), start + 2 + draw.below(2, ClusterAspect.GROUP_SIZE));
    int size = end - start;
    int least =
        switch (draw.below(10, ClusterAspect.GROUP_LEAST)) {
          case 9 -> 1;
          case 8 -> size + 1;
          case 7, 6, 5 -> Math.max(2, size - 1);
          default -> size;
        };
    List<Workload> members = workloads.subList(start, end);
    int priority = members.get(0).priority();
    members.replaceAll(each -> ImmutableWorkload.copyOf(each).withPriority(priority));
    groups.add(
        WorkloadGroup.builder()
            .id(new WorkloadGroupId(ClaimAssembly.NAMESPACE, "group"))
            .members(members.stream().map(Workload::id).toList())
            .minMembers(least)
            .topology(recipe.has(Feature.GROUP_TOPOLOGY) ? topology(draw) : ImmutableList.of())
            .running(recipe.has(Feature.GROUP_TOPOLOGY) ? running(draw) : ImmutableList.of())
            .build());
  }

  /** One or two constraints, on one level or two. */
  private static ImmutableList<TopologyConstraint> topology(Draw draw) {
    int strength = draw.below(4, ClusterAspect.GROUP_STRENGTH);
    TopologyConstraint first =
        topology(draw.below(6, ClusterAspect.GROUP_FIRST), strength % 2 == 0);
    TopologyConstraint second = topology(draw.below(6, ClusterAspect.GROUP_SECOND), strength < 2);
    return draw.oneIn(2, ClusterAspect.GROUP_CONSTRAINTS) && !first.equals(second)
        ? ImmutableList.of(first, second)
        : ImmutableList.of(first);
  }

  private static TopologyConstraint topology(int which, boolean required) {
    return switch (which) {
      case 0, 1 -> new TopologyConstraint.Together(ClusterAssembly.RACK, required);
      case 2 -> new TopologyConstraint.Together(ClusterAssembly.ZONE, required);
      case 3 -> new TopologyConstraint.AtMost(ClusterAssembly.RACK, 1, required);
      case 4 -> new TopologyConstraint.AtMost(ClusterAssembly.ZONE, 2, required);
      default -> new TopologyConstraint.AtMost(ClusterAssembly.ZONE, 1, required);
    };
  }

  /** In most cases none; else one or two, now and then on a node that is not there. */
  private static ImmutableList<String> running(Draw draw) {
    String first = ClusterAssembly.nodeName(0);
    return draw.oneOf(
        ClusterAspect.GROUP_RUNNING,
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(first),
        ImmutableList.of(first, ClusterAssembly.nodeName(1)),
        ImmutableList.of("gone"));
  }

  private void addClaimsInARow() {
    int start = 0;
    for (int next = 1; next <= recipe.claims().size(); next++) {
      boolean joins =
          next < recipe.claims().size()
              && next - start < 3
              && recipe.has(Feature.WORKLOADS)
              && recipe.claims().get(next).draw().oneIn(2, ClaimAspect.JOINS);
      if (!joins) {
        addClaimsInARow(start, next);
        start = next;
      }
    }
  }

  private void addClaimsInARow(int start, int end) {
    Draw first = recipe.claims().get(start).draw();
    Draw own = draw(IN_A_ROW + start % SHARING);
    ImmutableWorkload.Builder workload =
        Workload.builder()
            .id(nextId())
            .createdAt(claims.created(first, ClaimAspect.CREATED))
            .claims(reasonable.subList(start, end).stream().map(Claim::id).toList());
    List<Claim> extended =
        reasonable.subList(start, end).stream()
            .filter(claim -> !claim.extendedResources().isEmpty())
            .toList();
    boolean isWorkload = end - start > 1 || wantsNodes(own) || !extended.isEmpty();
    if (recipe.has(Feature.PRIORITIES) && first.oneIn(2, ClaimAspect.PRIORITY)) {
      workload.priority(priority(first, ClaimAspect.PRIORITY));
      isWorkload = true;
    }
    if (recipe.has(Feature.HELD_CLAIMS_REFERENCED)
        && !held.isEmpty()
        && first.oneIn(2, ClaimAspect.HELD_CLAIM)) {
      workload.addClaims(first.oneOf(ClaimAspect.HELD_CLAIM, held).claim());
      isWorkload = true;
    }
    if (isWorkload) {
      workloads.add(onNodes(workload, own, extended));
    }
  }

  private WorkloadId nextId() {
    return new WorkloadId(ClaimAssembly.NAMESPACE, "workload-" + workloads.size());
  }

  private static int priority(Draw draw, Enum<?> aspect) {
    return draw.below(4, aspect) == 1 ? 10 : -10;
  }

  /** Whether claims that would be lone ones are a workload for the sake of nodes. */
  private boolean wantsNodes(Draw draw) {
    boolean minds =
        recipe.has(Feature.NODE_RESOURCES)
            || recipe.has(Feature.NODE_CONSUMPTION)
            || recipe.has(Feature.NODE_TAINTS)
            || recipe.has(Feature.NODE_TOLERATIONS)
            || recipe.has(Feature.NODE_SELECTORS)
            || recipe.has(Feature.UNSUPPORTED_CONSTRAINTS)
            || recipe.has(Feature.GROUPS);
    return minds && !draw.oneIn(2, WorkloadAspect.PLAIN);
  }

  /** The first claim, where it is alone, goes with one that fits nowhere. */
  private void addHopeless() {
    ClaimId first = reasonable.get(0).id();
    if (recipe.has(Feature.WORKLOADS)
        && !claims.hopeless().isEmpty()
        && !isReferenced(first)
        && recipe.cluster().oneIn(4, ClusterAspect.HOPELESS_JOINS)) {
      workloads.add(
          Workload.builder()
              .id(new WorkloadId(ClaimAssembly.NAMESPACE, "hopeless"))
              .addClaims(first, claims.hopeless().get(0).id())
              .build());
    }
  }

  private boolean isReferenced(ClaimId claim) {
    return workloads.stream().anyMatch(workload -> workload.claims().contains(claim));
  }

  /** One more workload for a claim that has one, or two for one that has none. */
  private void addSharing(Draw first, Draw second) {
    ClaimId shared = first.oneOf(WorkloadAspect.SHARED, sharable).id();
    boolean hasUser = isReferenced(shared);
    add(sharing(shared, first), first);
    if (!hasUser) {
      add(sharing(shared, second), second);
    } else if (second.oneIn(2, WorkloadAspect.PRESENT)) {
      add(sharing(second.oneOf(WorkloadAspect.SHARED, sharable).id(), second), second);
    }
  }

  private ImmutableList<ClaimId> sharing(ClaimId shared, Draw draw) {
    Set<ClaimId> references = new LinkedHashSet<>();
    references.add(shared);
    if (draw.oneIn(2, WorkloadAspect.ALSO_SHARED)) {
      references.add(draw.oneOf(WorkloadAspect.ALSO_SHARED, sharable).id());
    }
    return ImmutableList.copyOf(references);
  }

  private void add(ImmutableList<ClaimId> references, Draw draw) {
    ImmutableWorkload.Builder workload =
        Workload.builder()
            .id(nextId())
            .claims(references)
            .createdAt(claims.created(draw, WorkloadAspect.CREATED));
    if (recipe.has(Feature.PRIORITIES) && draw.oneIn(2, WorkloadAspect.PRIORITY)) {
      workload.priority(priority(draw, WorkloadAspect.PRIORITY));
    }
    workloads.add(onNodes(workload, draw, List.of()));
  }

  private Workload onNodes(ImmutableWorkload.Builder workload, Draw draw, List<Claim> extended) {
    if (recipe.has(Feature.NODE_RESOURCES)) {
      workload.putAllResources(resources(draw));
    }
    Map<String, Quantity> taken = extendedResources(extended);
    if (taken.isEmpty()
        && recipe.has(Feature.EXTENDED_BY_NODES)
        && draw.oneIn(6, WorkloadAspect.GPUS)) {
      taken = ImmutableMap.of(RequestAssembly.extended(RequestAssembly.GPU), Quantity.ONE);
    }
    workload.putAllResources(taken);
    if (recipe.has(Feature.NODE_TOLERATIONS) && draw.oneIn(2, WorkloadAspect.TOLERATION)) {
      workload.addTolerations(toleration(draw));
    }
    if (recipe.has(Feature.NODE_SELECTORS) && draw.oneIn(2, WorkloadAspect.SELECTOR)) {
      workload.nodeSelectors(selectors(draw));
    }
    return workload.build();
  }

  /** Up to as much CPU as a node may have; now and then a slot, or as good as nothing. */
  private static ImmutableMap<String, Quantity> resources(Draw draw) {
    ImmutableMap.Builder<String, Quantity> resources = ImmutableMap.builder();
    resources.put(
        ClusterAssembly.CPU,
        draw.oneOf(
            WorkloadAspect.CPU,
            Quantity.ONE,
            Quantity.of(2),
            Quantity.of(2),
            Quantity.ONE,
            Quantity.of(3),
            Quantity.ZERO));
    switch (draw.below(6, WorkloadAspect.SLOTS)) {
      case 3 -> resources.put(ClusterAssembly.SLOTS, Quantity.ONE);
      case 4 -> resources.put(ClusterAssembly.SLOTS, Quantity.ZERO);
      case 5 -> resources.put(ClusterAssembly.SLOTS, Quantity.of(-1));
      default -> {}
    }
    return resources.buildOrThrow();
  }

  /** As many of each resource as there are devices in its place. */
  private static Map<String, Quantity> extendedResources(List<Claim> claims) {
    Map<String, Quantity> sums = new LinkedHashMap<>();
    for (Claim claim : claims) {
      claim
          .requests()
          .forEach(
              request ->
                  sums.merge(
                      Objects.requireNonNull(claim.extendedResources().get(request.name())),
                      Quantity.of(RequestRules.leastDevices(request.alternatives().get(0))),
                      Quantity::plus));
    }
    return sums;
  }

  private static Toleration toleration(Draw draw) {
    return draw.oneOf(
        WorkloadAspect.TOLERATION,
        Toleration.exists(""),
        Toleration.exists(ClusterAssembly.NODE_TAINT),
        Toleration.exists("example.com/other"),
        new Toleration(
            ClusterAssembly.NODE_TAINT,
            Toleration.Operator.EXISTS,
            "",
            Optional.of(Taint.Effect.NO_SCHEDULE),
            Optional.empty()));
  }

  private static ImmutableList<NodeSelector> selectors(Draw draw) {
    NodeSelector.Term inA = ClusterAssembly.zoneIs(NodeSelector.Operator.IN, "a");
    NodeSelector.Term notInA = ClusterAssembly.zoneIs(NodeSelector.Operator.NOT_IN, "a");
    NodeSelector ofA = new NodeSelector(ImmutableList.of(inA));
    NodeSelector first = NodeSelector.ofNode(ClusterAssembly.nodeName(0));
    return draw.oneOf(
        WorkloadAspect.SELECTOR,
        ImmutableList.of(ofA),
        ImmutableList.of(first),
        ImmutableList.of(ofA, first),
        ImmutableList.of(new NodeSelector(ImmutableList.of(notInA))),
        ImmutableList.of(ofA),
        ImmutableList.of(new NodeSelector(ImmutableList.of(inA, notInA))));
  }
}
