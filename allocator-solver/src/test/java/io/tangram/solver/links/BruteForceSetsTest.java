package io.tangram.solver.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.catalog.PciePath;
import io.tangram.api.device.LinkRequirement;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkObjective;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Chosen sets beside those that comparing all sets one by one gives. */
class BruteForceSetsTest {

  private static final double NEGLIGIBLE = 1e-6;

  /** A small node, and what is asked of it. */
  record Case(
      LinkGraph<Integer> graph,
      LinkObjective objective,
      Map<Integer, Integer> mix,
      SetRequest<Integer> request) {}

  @Property
  void noSetIsBetter(@ForAll("cases") Case given) {
    Optional<ChosenSet<Integer>> chosen = chosen(given);
    List<Set<Integer>> allowed = allowed(given.request, given.graph);

    if (allowed.isEmpty()) {
      assertThat(chosen).isEmpty();
      return;
    }
    Set<Integer> best = allowed.stream().max(ownMerits(given)).orElseThrow();
    assertThat(allowed).contains(chosen.orElseThrow().devices());
    assertThat(ownMerits(given).compare(chosen.orElseThrow().devices(), best)).isZero();
    assertThat(chosen.orElseThrow().aggregateMbPerSecond())
        .isEqualTo(given.graph.aggregateMbPerSecond(best));
    assertThat(chosen.orElseThrow().worstPairMbPerSecond())
        .isEqualTo(given.graph.worstPairMbPerSecond(chosen.orElseThrow().devices()));
    assertThat(chosen.orElseThrow().asPreferred())
        .isEqualTo(given.graph.meets(given.request.preferred(), best));
  }

  @Property
  void noEquallyGoodSetLeavesABetterRest(@ForAll("cases") Case given) {
    chosen(given)
        .ifPresent(
            chosen -> {
              Worth worth = new Worth(given);
              double left = worth.of(Sets.difference(given.request.free(), chosen.devices()));

              assertThat(allowed(given.request, given.graph))
                  .filteredOn(set -> ownMerits(given).compare(set, chosen.devices()) == 0)
                  .allSatisfy(
                      set ->
                          assertThat(worth.of(Sets.difference(given.request.free(), set)))
                              .isLessThanOrEqualTo(left + NEGLIGIBLE));
            });
  }

  @Property
  void answersAreTheSameEachTime(@ForAll("cases") Case given) {
    assertThat(chosen(given)).isEqualTo(chosen(given));
  }

  private static Optional<ChosenSet<Integer>> chosen(Case given) {
    return BestSets.of(given.graph, given.objective, SizeMix.of(given.mix)).choose(given.request);
  }

  private static List<Set<Integer>> allowed(SetRequest<Integer> request, LinkGraph<Integer> graph) {
    return Sets.powerSet(request.free()).stream()
        .filter(set -> set.size() == request.size() && set.containsAll(request.holding()))
        .filter(set -> graph.meets(request.required(), set))
        .toList();
  }

  /** What counts of the set itself, whatever it leaves. */
  private static Comparator<Set<Integer>> ownMerits(Case given) {
    return Comparator.<Set<Integer>, Boolean>comparing(
            set -> given.graph.meets(given.request.preferred(), set))
        .thenComparing((one, other) -> given.objective.compare(given.graph, one, other));
  }

  /** What sets are expected to have in sum that are taken of a rest until nothing is left. */
  private static final class Worth {

    private final Case given;
    private final Map<Set<Integer>, Double> known = new HashMap<>();

    Worth(Case given) {
      this.given = given;
    }

    double of(Set<Integer> rest) {
      Double before = known.get(rest);
      if (before != null) {
        return before;
      }
      double sum = 0;
      double weights = 0;
      for (Map.Entry<Integer, Integer> each : given.mix.entrySet()) {
        if (each.getKey() <= rest.size()) {
          Set<Integer> set = preferred(rest, each.getKey());
          weights += each.getValue();
          sum += each.getValue() * (measured(set) + of(without(rest, set)));
        }
      }
      double worth = weights == 0 ? 0 : sum / weights;
      known.put(ImmutableSet.copyOf(rest), worth);
      return worth;
    }

    private Set<Integer> preferred(Set<Integer> free, int size) {
      return Sets.combinations(ImmutableSet.copyOf(free), size).stream()
          .max(
              Comparator.<Set<Integer>>comparingLong(
                      set ->
                          given.objective == LinkObjective.WORST_PAIR
                              ? given.graph.worstPairMbPerSecond(set).orElse(0)
                              : 0)
                  .thenComparing(set -> given.graph.aggregateMbPerSecond(set))
                  .thenComparing(set -> of(without(free, set))))
          .orElseThrow();
    }

    private static Set<Integer> without(Set<Integer> free, Set<Integer> set) {
      return ImmutableSet.copyOf(Sets.difference(free, set));
    }

    private double measured(Set<Integer> set) {
      return given.objective == LinkObjective.AGGREGATE
          ? given.graph.aggregateMbPerSecond(set)
          : given.graph.worstPairMbPerSecond(set).orElse(0);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.integers().between(1, 6).flatMap(BruteForceSetsTest::cases);
  }

  private static Arbitrary<Case> cases(int devices) {
    Arbitrary<LinkGraph<Integer>> graphs =
        Arbitraries.of(
                Link.UNKNOWN,
                Link.ofPath(PciePath.PIX),
                Link.ofPath(PciePath.NODE),
                Link.ofNvLinks(1),
                Link.ofNvLinks(2).withPath(PciePath.PHB))
            .list()
            .ofSize(devices * devices)
            .map(
                links ->
                    LinkGraph.among(
                        IntStream.range(0, devices).boxed().toList(),
                        (one, other) -> links.get(one * devices + other)));
    Arbitrary<Map<Integer, Integer>> mixes =
        Arbitraries.maps(Arbitraries.integers().between(1, 8), Arbitraries.integers().between(1, 3))
            .ofMinSize(1)
            .ofMaxSize(4);
    return Combinators.combine(
            graphs, Arbitraries.of(LinkObjective.class), mixes, requests(devices))
        .as(Case::new);
  }

  private static Arbitrary<SetRequest<Integer>> requests(int devices) {
    Arbitrary<LinkRequirement> requirements =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(LinkRequirement.NONE)),
            Tuple.of(
                2,
                Arbitraries.of(
                    LinkRequirement.NV_LINKS,
                    LinkRequirement.atLeast(6_400),
                    LinkRequirement.atLeast(25_000))));
    Arbitrary<Set<Integer>> free =
        Arbitraries.integers().between(0, devices - 1).set().ofMinSize(devices / 2);
    return Combinators.combine(
            free,
            Arbitraries.integers().between(0, devices),
            Arbitraries.integers().between(0, 1),
            requirements,
            requirements)
        .as(
            (some, size, held, required, preferred) ->
                SetRequest.of(some, size)
                    .holding(some.stream().limit(Math.min(held, size)).toList())
                    .requiring(required)
                    .preferring(preferred));
  }
}
