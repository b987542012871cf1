package io.tangram.api.testing;

import static io.tangram.api.testing.ProblemRecipe.ClaimAspect;
import static io.tangram.api.testing.ProblemRecipe.ClusterAspect;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.ImmutableDeviceClass;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.QualifiedName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the classes, pending claims and workloads of a recipe. */
final class ClaimAssembly {

  static final String ADMIN_NAMESPACE = "admin";
  static final String NAMESPACE = "team";

  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

  private final ProblemRecipe recipe;
  private final RequestAssembly requests;
  private final List<Allocation> held;
  private final List<Claim> claims = new ArrayList<>();
  private final List<Workload> workloads = new ArrayList<>();

  ClaimAssembly(ProblemRecipe recipe, List<Allocation> held) {
    this.recipe = recipe;
    this.requests = new RequestAssembly(recipe);
    this.held = held;
    recipe.claims().forEach(each -> claims.add(claim(each)));
    addWorkloads();
    if (recipe.has(Feature.EMPTY_CLAIMS)) {
      claims.add(Claim.builder().id(new ClaimId(NAMESPACE, "empty")).build());
    }
    addHopelessClaims();
  }

  ImmutableList<DeviceClass> classes() {
    return RequestAssembly.CLASSES.stream()
        .map(each -> withConfig(each))
        .collect(ImmutableList.toImmutableList());
  }

  private DeviceClass withConfig(DeviceClass plain) {
    return recipe.has(Feature.CONFIGS)
        ? ImmutableDeviceClass.copyOf(plain)
            .withConfigs(new OpaqueConfig(ClusterAssembly.GPU_DRIVER, "{\"of\":\"class\"}"))
        : plain;
  }

  ImmutableList<Claim> claims() {
    return ImmutableList.copyOf(claims);
  }

  ImmutableList<Workload> workloads() {
    return ImmutableList.copyOf(workloads);
  }

  private Claim claim(ProblemRecipe.ClaimRecipe each) {
    Draw draw = each.draw();
    ImmutableList<Request> lines = requests.requests(each);
    boolean isAdmin =
        lines.stream()
            .flatMap(line -> line.alternatives().stream())
            .anyMatch(leaf -> leaf.adminAccess());
    ImmutableClaim.Builder claim =
        Claim.builder()
            .id(new ClaimId(isAdmin ? ADMIN_NAMESPACE : NAMESPACE, "claim-" + claims.size()))
            .createdAt(created(draw))
            .requests(lines);
    if (recipe.has(Feature.MATCH_ATTRIBUTE) && draw.oneIn(2, ClaimAspect.MATCH)) {
      claim.addConstraints(new DeviceConstraint.MatchAttribute(scope(draw, lines), tie(draw)));
    }
    if (recipe.has(Feature.DISTINCT_ATTRIBUTE) && draw.oneIn(2, ClaimAspect.DISTINCT)) {
      claim.addConstraints(
          new DeviceConstraint.DistinctAttribute(
              scope(draw, lines),
              draw.oneOf(ClaimAspect.DISTINCT, DeviceAssembly.INDEX, DeviceAssembly.ROOT)));
    }
    if (recipe.has(Feature.CONFIGS) && draw.oneIn(2, ClaimAspect.CONFIG)) {
      claim.addConfigs(
          new ClaimConfig(
              scope(draw, lines),
              new OpaqueConfig(ClusterAssembly.GPU_DRIVER, "{\"of\":\"claim\"}")));
    }
    return claim.build();
  }

  private static QualifiedName tie(Draw draw) {
    return draw.oneOf(
        ClaimAspect.MATCH,
        DeviceAssembly.ROOT,
        QualifiedName.of(ClusterAssembly.GPU_DRIVER, DeviceAssembly.MODEL.id()),
        DeviceAssembly.ROOT,
        DeviceAssembly.ROOT);
  }

  /** All requests, the first, or the first alternative of the first. */
  private static ImmutableList<String> scope(Draw draw, List<Request> lines) {
    Request first = lines.get(0);
    return draw.oneOf(
        ClaimAspect.SCOPE,
        ImmutableList.of(),
        ImmutableList.of(first.name()),
        ImmutableList.of(first.resultName(first.alternatives().get(0))),
        ImmutableList.of());
  }

  private Optional<Instant> created(Draw draw) {
    int minute = draw.below(4, ClaimAspect.CREATED);
    return recipe.has(Feature.CREATION_TIMES) && minute > 0
        ? Optional.of(FIRST.plusSeconds(60L * (4 - minute)))
        : Optional.empty();
  }

  private void addWorkloads() {
    int start = 0;
    for (int next = 1; next <= claims.size(); next++) {
      boolean joins =
          next < claims.size()
              && next - start < 3
              && recipe.has(Feature.WORKLOADS)
              && recipe.claims().get(next).draw().oneIn(2, ClaimAspect.JOINS);
      if (!joins) {
        addWorkload(claims.subList(start, next), recipe.claims().get(start).draw());
        start = next;
      }
    }
  }

  private void addWorkload(List<Claim> members, Draw draw) {
    ImmutableWorkload.Builder workload =
        Workload.builder()
            .id(new WorkloadId(NAMESPACE, "workload-" + workloads.size()))
            .createdAt(created(draw))
            .claims(members.stream().map(Claim::id).toList());
    boolean isWorkload = members.size() > 1;
    if (recipe.has(Feature.PRIORITIES) && draw.oneIn(2, ClaimAspect.PRIORITY)) {
      workload.priority(draw.below(4, ClaimAspect.PRIORITY) == 1 ? 10 : -10);
      isWorkload = true;
    }
    if (recipe.has(Feature.HELD_CLAIMS_REFERENCED)
        && !held.isEmpty()
        && draw.oneIn(2, ClaimAspect.HELD_CLAIM)) {
      workload.addClaims(draw.oneOf(ClaimAspect.HELD_CLAIM, held).claim());
      isWorkload = true;
    }
    if (isWorkload) {
      workloads.add(workload.build());
    }
  }

  /** Adds claims that fit nowhere, lone ones or in a workload with the first claim. */
  private void addHopelessClaims() {
    int before = claims.size();
    for (Feature feature : Feature.values()) {
      if (recipe.has(feature)) {
        requests
            .hopeless(feature)
            .ifPresent(
                request ->
                    claims.add(
                        Claim.builder()
                            .id(new ClaimId(NAMESPACE, "hopeless-" + claims.size()))
                            .addRequests(request)
                            .build()));
      }
    }
    boolean firstIsLone =
        workloads.stream().noneMatch(each -> each.claims().contains(claims.get(0).id()));
    if (recipe.has(Feature.WORKLOADS)
        && claims.size() > before
        && firstIsLone
        && recipe.cluster().oneIn(4, ClusterAspect.HOPELESS_JOINS)) {
      workloads.add(
          Workload.builder()
              .id(new WorkloadId(NAMESPACE, "hopeless"))
              .addClaims(claims.get(0).id(), claims.get(before).id())
              .build());
    }
  }
}
