package io.tangram.api.testing;

import static io.tangram.api.testing.ProblemRecipe.ClaimAspect;
import static io.tangram.api.testing.ProblemRecipe.ClusterAspect;
import static io.tangram.api.testing.ProblemRecipe.DeviceAspect;
import static io.tangram.api.testing.ProblemRecipe.HeldAspect;
import static io.tangram.api.testing.ProblemRecipe.NodeAspect;
import static io.tangram.api.testing.ProblemRecipe.RequestAspect;
import static io.tangram.api.testing.ProblemRecipe.WorkloadAspect;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.arbitraries.ListArbitrary;

/**
 * Generates small clusters with claims: 1 to 3 nodes, 1 to 5 devices on each, a few that several
 * nodes see, 1 to 6 claims, some that fit nowhere, and workloads, some without claims. Of the
 * features allowed, each is in a fifth to a half of the problems. What is generated shrinks:
 * features drop out, lists of nodes, devices and claims get shorter, and what remains gets plainer.
 *
 * <p>The policies need {@link Feature#SHARED_DEVICES}, {@link Feature#COMPATIBILITY_GROUPS} needs
 * {@link Feature#PARTITIONS} or {@link Feature#SEVERAL_COUNTER_SETS}, {@link
 * Feature#DERIVED_ATTRIBUTES} needs {@link Feature#MATCH_ATTRIBUTE} or {@link
 * Feature#DISTINCT_ATTRIBUTE}; {@link Feature#HELD_CLAIMS_REFERENCED} and {@link
 * Feature#HELD_CLAIMS_ONLY} need {@link Feature#HELD_DEVICES}, {@link Feature#EVICTED_CLAIMS} needs
 * one of these two; {@link Feature#EXTENDED_BY_NODES} needs {@link Feature#EXTENDED_RESOURCES},
 * {@link Feature#GROUP_TOPOLOGY} needs {@link Feature#GROUPS}.
 *
 * <p>Immutable; each {@code with} method returns another generator.
 */
public final class ProblemArbitraries {

  private static final int NETWORK_DEVICES = 6;
  private static final int MOST_OBJECTIVES = 4;

  /** Where more than devices matters, the oracle has more to remember. */
  private static final int MOST_OF_A_TASK = 4;

  private final ImmutableSet<Feature> features;
  private final int maxNodes;
  private final int maxDevices;
  private final int maxClaims;

  private ProblemArbitraries(Set<Feature> features, int maxNodes, int maxDevices, int maxClaims) {
    this.features = Sets.immutableEnumSet(features);
    this.maxNodes = maxNodes;
    this.maxDevices = maxDevices;
    this.maxClaims = maxClaims;
  }

  /** Returns the generator of problems with any features. */
  public static ProblemArbitraries all() {
    return of(EnumSet.allOf(Feature.class));
  }

  /** Returns the generator of problems with no features but these. */
  public static ProblemArbitraries of(Set<Feature> features) {
    return new ProblemArbitraries(features, 3, 5, 6);
  }

  /** Returns a generator of problems without these features. */
  public ProblemArbitraries without(Feature... unwanted) {
    Set<Feature> wanted = Sets.difference(features, ImmutableSet.copyOf(unwanted));
    return new ProblemArbitraries(wanted, maxNodes, maxDevices, maxClaims);
  }

  /**
   * Returns a generator of problems of other sizes. {@link BruteForceOracle} may refuse larger
   * ones.
   *
   * @param nodes the most nodes, at least 1
   * @param devices the most devices of a node, at least 1; several nodes may see a few more
   * @param claims the most claims, at least 1, not counting those that fit nowhere
   * @throws IllegalArgumentException if a size is less than 1
   */
  public ProblemArbitraries withSizes(int nodes, int devices, int claims) {
    if (nodes < 1 || devices < 1 || claims < 1) {
      throw new IllegalArgumentException(
          "Problems of at most %d nodes, %d devices and %d claims are none; ask for 1 or more of each."
              .formatted(nodes, devices, claims));
    }
    return new ProblemArbitraries(features, nodes, devices, claims);
  }

  /** Returns the problems. */
  public Arbitrary<SampleProblem> problems() {
    return Combinators.combine(
            featureSets(),
            Draw.of(ClusterAspect.class),
            mostlyShort(mostlyLong(Draw.of(DeviceAspect.class), maxDevices), maxNodes),
            listOf(Draw.of(NodeAspect.class), maxNodes, maxNodes),
            listOf(Draw.of(DeviceAspect.class), NETWORK_DEVICES, NETWORK_DEVICES),
            listOf(Draw.of(HeldAspect.class), 1, 4),
            mostlyLong(claims(), maxClaims),
            listOf(Draw.of(WorkloadAspect.class), WorkloadAssembly.DRAWS, WorkloadAssembly.DRAWS))
        .as(ProblemRecipe::new)
        .map(recipe -> new SampleProblem(recipe.problem()));
  }

  /**
   * Returns problems, of four devices and claims at most, with what is to be optimised: up to four
   * objectives in any order, requests that are expected, prices, and what an earlier plan gave.
   *
   * @param admissions the kinds of admission to choose from, at least one
   * @param objectives the objectives to choose from
   */
  public Arbitrary<SampleTask> tasks(Set<Admission> admissions, Set<Objective> objectives) {
    ProblemArbitraries small =
        withSizes(
            maxNodes, Math.min(maxDevices, MOST_OF_A_TASK), Math.min(maxClaims, MOST_OF_A_TASK));
    return Combinators.combine(
            small.problems(),
            Arbitraries.of(Sets.immutableEnumSet(admissions)),
            inAnyOrder(objectives),
            Draw.of(TaskRecipe.WishAspect.class),
            listOf(Draw.of(TaskRecipe.DemandAspect.class), 1, 3))
        .as(
            (sample, admission, order, wishes, demand) ->
                new SampleTask(
                    sample.problem(),
                    new TaskRecipe(admission, order, wishes, demand).options(sample.problem())));
  }

  private static Arbitrary<List<Objective>> inAnyOrder(Set<Objective> objectives) {
    return objectives.isEmpty()
        ? Arbitraries.just(List.of())
        : Arbitraries.of(Sets.immutableEnumSet(objectives))
            .list()
            .uniqueElements()
            .ofMinSize(1)
            .ofMaxSize(Math.min(objectives.size(), MOST_OBJECTIVES));
  }

  private static Arbitrary<ProblemRecipe.ClaimRecipe> claims() {
    return Combinators.combine(
            Draw.of(ClaimAspect.class), listOf(listOf(Draw.of(RequestAspect.class), 1, 3), 1, 3))
        .as(ProblemRecipe.ClaimRecipe::new);
  }

  private Arbitrary<Set<Feature>> featureSets() {
    return percentiles()
        .list()
        .ofSize(features.size())
        .map(
            draws -> {
              Set<Feature> chosen = EnumSet.noneOf(Feature.class);
              int i = 0;
              for (Feature feature : features) {
                if (draws.get(i++) >= 100 - percent(feature, chosen)) {
                  chosen.add(feature);
                }
              }
              return chosen;
            });
  }

  /** Returns how often a feature is built in, given those before it. */
  private static int percent(Feature feature, Set<Feature> chosen) {
    return switch (feature) {
      case SHARED_DEVICES, HELD_DEVICES -> 48;
      case DERIVED_ATTRIBUTES ->
          chosen.contains(Feature.MATCH_ATTRIBUTE) || chosen.contains(Feature.DISTINCT_ATTRIBUTE)
              ? 75
              : 0;
      case COMPATIBILITY_GROUPS ->
          chosen.contains(Feature.PARTITIONS) || chosen.contains(Feature.SEVERAL_COUNTER_SETS)
              ? 50
              : 0;
      case DEFAULT_POLICIES, RANGE_POLICIES, VALUES_POLICIES, FRACTIONAL_RANGES ->
          chosen.contains(Feature.SHARED_DEVICES) ? 88 : 0;
      case HELD_CLAIMS_REFERENCED, HELD_CLAIMS_ONLY ->
          chosen.contains(Feature.HELD_DEVICES) ? 75 : 0;
      case EVICTED_CLAIMS -> chosen.contains(Feature.HELD_DEVICES) ? 70 : 0;
      case ADMIN_ACCESS_DENIED, MISSING_CLASSES, BROKEN_SELECTORS, OVERSIZED_CLAIMS -> 25;
      case FEATURES_OFF -> 25;
      case INCOMPLETE_POOLS, INVALID_POOLS, VANISHED_DEVICES, OLDER_GENERATIONS -> 25;
      case EMPTY_CLAIMS -> 25;
      case NODE_RESOURCES, NODE_TAINTS -> 45;
      case NODE_CONSUMPTION -> 25;
      case EXTENDED_RESOURCES -> 45;
      case EXTENDED_BY_NODES -> chosen.contains(Feature.EXTENDED_RESOURCES) ? 88 : 0;
      case POOLS_ACROSS_NODES -> 60;
      case GROUP_TOPOLOGY -> chosen.contains(Feature.GROUPS) ? 88 : 0;
      default -> 32;
    };
  }

  private static Arbitrary<Integer> percentiles() {
    return Arbitraries.integers()
        .between(0, 99)
        .withDistribution(RandomDistribution.uniform())
        .shrinkTowards(0)
        .withoutEdgeCases();
  }

  /** On many nodes few claims compete. */
  private static <T> Arbitrary<List<T>> mostlyShort(Arbitrary<T> elements, int max) {
    return listOf(elements, 1, max).withSizeDistribution(skewed(Math::min));
  }

  /** Short lists make dull problems, but are what a failing one should shrink to. */
  private static <T> Arbitrary<List<T>> mostlyLong(Arbitrary<T> elements, int max) {
    return listOf(elements, 1, max).withSizeDistribution(skewed(Math::max));
  }

  private static <T> ListArbitrary<T> listOf(Arbitrary<T> elements, int min, int max) {
    return elements
        .list()
        .ofMinSize(min)
        .ofMaxSize(max)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  /** The lesser or the greater of two equally distributed sizes. */
  private static RandomDistribution skewed(IntBinaryOperator choice) {
    return (genSize, min, max, center) ->
        random -> {
          int sizes = max.subtract(min).intValueExact() + 1;
          int chosen = choice.applyAsInt(random.nextInt(sizes), random.nextInt(sizes));
          return min.add(BigInteger.valueOf(chosen));
        };
  }
}
