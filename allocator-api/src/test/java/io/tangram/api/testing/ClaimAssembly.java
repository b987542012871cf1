package io.tangram.api.testing;

import static io.tangram.api.testing.ProblemRecipe.ClaimAspect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.ImmutableDeviceClass;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.claim.Request;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.OffFeature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the classes and pending claims of a recipe. */
final class ClaimAssembly {

  static final String ADMIN_NAMESPACE = "admin";
  static final String NAMESPACE = "team";

  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

  private final ProblemRecipe recipe;
  private final RequestAssembly requests;
  private final List<Claim> claims = new ArrayList<>();
  private final List<Claim> hopeless = new ArrayList<>();

  ClaimAssembly(ProblemRecipe recipe) {
    this.recipe = recipe;
    this.requests = new RequestAssembly(recipe);
    recipe.claims().forEach(each -> claims.add(claim(each)));
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

  /** All claims: those of the recipe, an empty one, those that fit nowhere. */
  ImmutableList<Claim> claims() {
    return ImmutableList.<Claim>builder().addAll(claims).addAll(hopeless).build();
  }

  /** The claims that may fit somewhere, those of the recipe first. */
  ImmutableList<Claim> reasonable() {
    return ImmutableList.copyOf(claims);
  }

  /** The claims that fit nowhere. */
  ImmutableList<Claim> hopeless() {
    return ImmutableList.copyOf(hopeless);
  }

  private Claim claim(ProblemRecipe.ClaimRecipe each) {
    Draw draw = each.draw();
    if (recipe.has(Feature.EXTENDED_RESOURCES) && draw.oneIn(2, ClaimAspect.EXTENDED)) {
      return extended(requests.extended(each));
    }
    ImmutableList<Request> lines = requests.requests(each);
    boolean isAdmin =
        lines.stream()
            .flatMap(line -> line.alternatives().stream())
            .anyMatch(leaf -> leaf.adminAccess());
    ImmutableClaim.Builder claim =
        Claim.builder()
            .id(new ClaimId(isAdmin ? ADMIN_NAMESPACE : NAMESPACE, "claim-" + claims.size()))
            .createdAt(created(draw, ClaimAspect.CREATED))
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
    if (recipe.has(Feature.LINKS) && draw.oneIn(2, ClaimAspect.LINKS)) {
      claim.addConstraints(
          new DeviceConstraint.Linked(scope(draw, lines), LinkAssembly.requirement(draw)));
    }
    if (recipe.has(Feature.CONFIGS) && draw.oneIn(2, ClaimAspect.CONFIG)) {
      claim.addConfigs(
          new ClaimConfig(
              scope(draw, lines),
              new OpaqueConfig(ClusterAssembly.GPU_DRIVER, "{\"of\":\"claim\"}")));
    }
    return claim.build();
  }

  /** A claim that stands for extended resources has no time of its own. */
  private Claim extended(ImmutableList<Request> lines) {
    return Claim.builder()
        .id(new ClaimId(NAMESPACE, "claim-" + claims.size()))
        .requests(lines)
        .extendedResources(
            lines.stream()
                .collect(
                    ImmutableMap.toImmutableMap(
                        Request::name,
                        line ->
                            RequestAssembly.extended(line.alternatives().get(0).deviceClass()))))
        .build();
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

  /** When a claim or the workload of its claims was created. */
  Optional<Instant> created(Draw draw, Enum<?> aspect) {
    int minute = draw.below(4, aspect);
    return recipe.has(Feature.CREATION_TIMES) && minute > 0
        ? Optional.of(FIRST.plusSeconds(60L * (4 - minute)))
        : Optional.empty();
  }

  private static ImmutableList<OffFeature> off(Feature feature) {
    return feature == Feature.FEATURES_OFF
        ? ImmutableList.of(
            new OffFeature("alternatives for request r0", FeatureGate.PRIORITIZED_LIST, "R78"))
        : ImmutableList.of();
  }

  /** Adds claims that fit nowhere. */
  private void addHopelessClaims() {
    for (Feature feature : Feature.values()) {
      if (recipe.has(feature)) {
        requests
            .hopeless(feature)
            .ifPresent(
                request ->
                    hopeless.add(
                        Claim.builder()
                            .id(
                                new ClaimId(
                                    NAMESPACE, "hopeless-" + (claims.size() + hopeless.size())))
                            .addRequests(request)
                            .offFeatures(off(feature))
                            .build()));
      }
    }
  }
}
