package io.tangram.solver.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.LinkRequirement;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkObjective;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BestSetsTest {

  private final LinkGraph<Integer> mesh = Machines.named("DGX-1V");
  private final BestSets<Integer> sums =
      BestSets.of(mesh, LinkObjective.AGGREGATE, SizeMix.UP_TO_8);
  private final BestSets<Integer> slowest =
      BestSets.of(mesh, LinkObjective.WORST_PAIR, SizeMix.UP_TO_8);

  @Test
  void takesTheSetWithTheGreatestSum() {
    ChosenSet<Integer> three = sums.choose(SetRequest.of(Set.of(0, 1, 3, 4), 3)).orElseThrow();

    assertThat(three)
        .isEqualTo(
            new ChosenSet<>(ImmutableSet.of(0, 3, 4), 103_200, OptionalLong.of(3_200), true));
  }

  @Test
  void takesTheSetWhoseSlowestPairIsFastest() {
    assertThat(slowest.choose(SetRequest.of(Set.of(0, 1, 3, 4), 3)).orElseThrow().devices())
        .containsExactly(0, 1, 3);
  }

  /** Two NVLinks join 1 and 2, one joins 0 to each of them. */
  @Test
  void leavesTheBetterRestAmongEqualSets() {
    ChosenSet<Integer> one = sums.choose(SetRequest.of(Set.of(0, 1, 2), 1)).orElseThrow();

    assertThat(one.devices()).containsExactly(0);
  }

  @Test
  void takesWhatMustBeInTheSet() {
    assertThat(
            sums.choose(SetRequest.of(mesh.devices(), 4).holding(Set.of(0, 6)))
                .orElseThrow()
                .devices())
        .hasSize(4)
        .contains(0, 6);
  }

  @Test
  void givesNoSetThatLacksWhatIsRequired() {
    SetRequest<Integer> request = SetRequest.of(Set.of(0, 3, 4), 3);

    assertThat(sums.choose(request)).isPresent();
    assertThat(sums.choose(request.requiring(LinkRequirement.NV_LINKS))).isEmpty();
    assertThat(sums.choose(request.requiring(LinkRequirement.atLeast(3_201)))).isEmpty();
    assertThat(sums.choose(request.requiring(LinkRequirement.atLeast(3_200)))).isPresent();
  }

  @Test
  void prefersWhatItCanHave() {
    SetRequest<Integer> request =
        SetRequest.of(Set.of(0, 1, 3, 4), 3).preferring(LinkRequirement.NV_LINKS);

    ChosenSet<Integer> joined = sums.choose(request).orElseThrow();
    ChosenSet<Integer> without = sums.choose(request.holding(Set.of(1, 4))).orElseThrow();

    assertThat(joined.devices()).containsExactly(0, 1, 3);
    assertThat(joined.asPreferred()).isTrue();
    assertThat(without.devices()).contains(1, 4);
    assertThat(without.asPreferred()).isFalse();
  }

  @Test
  void givesNothingIfTooFewAreFree() {
    assertThat(sums.choose(SetRequest.of(Set.of(0, 3), 3))).isEmpty();
    assertThat(sums.choose(SetRequest.of(Set.<Integer>of(), 0)).orElseThrow().devices()).isEmpty();
  }

  /** Only how many are taken of which socket counts: of each of nine times nine numbers. */
  @Test
  void devicesThatSwitchesJoinAreTwins() {
    LinkGraph<Integer> switched = Machines.named("DGX-2");

    BestSets<Integer> sets = BestSets.of(switched, LinkObjective.AGGREGATE, SizeMix.UP_TO_8);

    assertThat(sets.distinctSets()).isEqualTo(81);
    assertThat(sets.choose(SetRequest.of(switched.devices(), 4)).orElseThrow().devices())
        .containsExactly(0, 1, 2, 3);
  }

  @Test
  void staysOnOneSocketWhereSwitchesJoinAll() {
    LinkGraph<Integer> switched = Machines.named("HGX-H100");
    BestSets<Integer> sets = BestSets.of(switched, LinkObjective.AGGREGATE, SizeMix.UP_TO_8);

    ChosenSet<Integer> pair = sets.choose(SetRequest.of(Set.of(0, 1, 2, 5, 6), 2)).orElseThrow();
    ChosenSet<Integer> one = sets.choose(SetRequest.of(Set.of(0, 1, 2, 3, 6), 1)).orElseThrow();

    assertThat(pair.devices()).containsExactly(5, 6);
    assertThat(one.devices()).containsExactly(6);
  }

  @Test
  void expectsTheSizesOfTheMix() {
    Set<Integer> free = Set.of(0, 1, 2, 3, 4);

    assertThat(taken(free, SizeMix.of(Map.of(2, 1)))).containsExactly(1);
    assertThat(taken(free, SizeMix.of(Map.of(4, 1)))).containsExactly(4);
  }

  private Set<Integer> taken(Set<Integer> free, SizeMix mix) {
    return BestSets.of(mesh, LinkObjective.AGGREGATE, mix)
        .choose(SetRequest.of(free, 1))
        .orElseThrow()
        .devices();
  }

  @ParameterizedTest
  @EnumSource
  void twinsStandForEachOther(LinkObjective objective) {
    LinkGraph<Integer> alike =
        LinkGraph.among(
            IntStream.range(0, 72).boxed().toList(), (one, other) -> Link.ofNvLinks(18));
    BestSets<Integer> sets = BestSets.of(alike, objective, SizeMix.UP_TO_8);

    ChosenSet<Integer> chosen =
        sets.choose(SetRequest.of(alike.devices(), 3).holding(Set.of(40))).orElseThrow();

    assertThat(sets.distinctSets()).isEqualTo(73);
    assertThat(chosen.devices()).containsExactly(0, 1, 40);
    assertThat(chosen.aggregateMbPerSecond()).isEqualTo(3 * 18 * 25_000);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> SetRequest.of(List.of(0, 1), 1).holding(List.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A set of 1 of the devices [0, 1] can't hold [2]; name devices that are free, and no"
                + " more than the set has.");
    assertThatThrownBy(() -> SetRequest.of(Set.of(0), -1))
        .hasMessage("-1 devices are asked for; ask for 0 or more.");
    assertThatThrownBy(() -> sums.choose(SetRequest.of(Set.of(9), 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Device 9 is not in the graph");
    assertThatThrownBy(() -> SizeMix.of(Map.of()))
        .hasMessage("The mix of sizes is empty; name a size, or take SizeMix.UP_TO_8.");
    assertThatThrownBy(() -> SizeMix.of(Map.of(0, 1)))
        .hasMessageStartingWith("The mix of sizes has weight 1.0 for size 0;");
    assertThatThrownBy(() -> SizeMix.of(Map.of(2, 0)))
        .hasMessageStartingWith("The mix of sizes has weight 0.0 for size 2;");
  }

  @Test
  void refusesMoreKindsOfSetsThanItCanCompare() {
    List<Integer> many = IntStream.range(0, 19).boxed().toList();
    LinkGraph<Integer> all =
        LinkGraph.among(many, (one, other) -> Link.ofNvLinks((one * 31 + other * 17) % 50));

    assertThatThrownBy(() -> BestSets.of(all, LinkObjective.AGGREGATE, SizeMix.UP_TO_8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("19 devices are joined in too many different ways");
  }
}
