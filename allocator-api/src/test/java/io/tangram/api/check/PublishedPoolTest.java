package io.tangram.api.check;

import static io.tangram.api.check.Given.consumes;
import static io.tangram.api.check.Given.counterSet;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.pool;
import static io.tangram.api.check.Given.sharedSlice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.NodeSelector.Operator;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import io.tangram.api.device.ResourceSlice;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Section 1 of the rules. */
class PublishedPoolTest {

  private static final Node N1 = Node.of("n1");
  private static final Node N2 = Node.of("n2");

  private static ImmutableResourceSlice on(String node, String name, String... devices) {
    return sharedSlice("p", NodeSelection.node(node), devices(devices)).withName(name);
  }

  private static PublishedPool poolOf(ResourceSlice... slices) {
    return new PublishedPool(pool("p"), ImmutableList.copyOf(slices));
  }

  private static Optional<String> refusal(PublishedPool pool, Node node) {
    return pool.seenFrom(node).orElseThrow().refusal().map(Refusal::rule);
  }

  private static ImmutableList<String> visible(PublishedPool pool, Node node) {
    return pool.seenFrom(node).orElseThrow().visibleTo(node).stream()
        .map(each -> each.device().name())
        .collect(ImmutableList.toImmutableList());
  }

  @Test
  void showsANodeOnlyTheSlicesForIt() {
    PublishedPool pool =
        poolOf(
            on("n1", "0", "a").withResourceSliceCount(2),
            on("n2", "1", "b").withResourceSliceCount(2));

    assertThat(visible(pool, N1)).containsExactly("a");
    assertThat(visible(pool, N2)).containsExactly("b");
    assertThat(refusal(pool, N1)).isEmpty();
    assertThat(pool.seenFrom(Node.of("n3"))).isEmpty();
  }

  @Test
  void showsNodesWhatIsForAllNodesOrMatchesTheirLabels() {
    NodeSelector rack =
        new NodeSelector(
            ImmutableList.of(
                new Term(
                    ImmutableList.of(new Requirement("rack", Operator.IN, ImmutableList.of("r1"))),
                    ImmutableList.of())));
    Node inRack = Node.builder().name("n1").putLabels("rack", "r1").build();
    PublishedPool all = poolOf(sharedSlice("p", NodeSelection.allNodes(), devices("a")));
    PublishedPool some = poolOf(sharedSlice("p", new NodeSelection.Matching(rack), devices("a")));

    assertThat(visible(all, N2)).containsExactly("a");
    assertThat(visible(some, inRack)).containsExactly("a");
    assertThat(some.seenFrom(N2)).isEmpty();
  }

  @Test
  void showsEachNodeTheDevicesThatSayTheyAreForIt() {
    Device own = device("own").nodes(NodeSelection.node("n1")).build();
    Device others = device("others").nodes(NodeSelection.node("n2")).build();
    Device nobodys = device("nobodys").build();
    PublishedPool pool =
        poolOf(
            sharedSlice(
                "p", new NodeSelection.PerDevice(), ImmutableList.of(own, others, nobodys)));

    assertThat(visible(pool, N1)).containsExactly("own");
    assertThat(visible(pool, N2)).containsExactly("others");
    assertThat(pool.seenFrom(Node.of("n3"))).isEmpty();
  }

  /** R6: such a slice still counts where completeness is judged. */
  @Test
  void showsNobodyASliceOfUnknownSelectionButCountsIt() {
    PublishedPool pool =
        poolOf(
            on("n1", "0", "a").withResourceSliceCount(2),
            sharedSlice("p", new NodeSelection.Unknown(), devices("b")).withResourceSliceCount(2));

    assertThat(visible(pool, N1)).containsExactly("a");
    assertThat(refusal(pool, N1)).isEmpty();
    assertThat(pool.seenFrom(N2)).isEmpty();
  }

  /** R10: a slice of counters is for the nodes that it selects, as any other. */
  @Test
  void showsNobodyTheCountersOfOtherNodes() {
    PublishedPool pool =
        poolOf(on("n1", "0").withResourceSliceCount(2).withSharedCounters(counterSet("s", "c", 1)));

    assertThat(refusal(pool, N1)).hasValue("R15");
    assertThat(pool.seenFrom(N2)).isEmpty();
  }

  @Test
  void ignoresOlderGenerations() {
    PublishedPool pool =
        poolOf(on("n1", "0", "old").withGeneration(1), on("n1", "1", "new").withGeneration(2));

    assertThat(visible(pool, N1)).containsExactly("new");
    assertThat(refusal(pool, N1)).isEmpty();
  }

  @Test
  void refusesDevicesWhileSlicesAreMissingOrTooMany() {
    PublishedPool tooFew = poolOf(on("n1", "0", "a").withResourceSliceCount(2));
    PublishedPool tooMany = poolOf(on("n1", "0", "a"), on("n1", "1", "b"), on("n2", "2", "c"));
    PublishedPool enough =
        poolOf(
            on("n1", "0", "a").withResourceSliceCount(2),
            on("n1", "1", "b").withResourceSliceCount(2));

    assertThat(refusal(tooFew, N1)).hasValue("R15");
    assertThat(tooFew.seenFrom(N1).orElseThrow().isIncomplete()).isTrue();
    assertThat(tooFew.seenFrom(N1).orElseThrow().blocksAll()).isTrue();
    assertThat(refusal(tooMany, N1)).hasValue("R15");
    assertThat(refusal(enough, N1)).isEmpty();
    assertThat(enough.seenFrom(N1).orElseThrow().isIncomplete()).isFalse();
    assertThat(enough.seenFrom(N1).orElseThrow().blocksAll()).isFalse();
  }

  /** The example at the end of section 1. */
  @Test
  void dropsAPoolOfWhichANewerGenerationIsElsewhere() {
    PublishedPool pool =
        poolOf(
            on("n2", "b", "old").withGeneration(1).withResourceSliceCount(2),
            on("n1", "a", "new").withGeneration(2));

    assertThat(refusal(pool, N1)).isEmpty();
    assertThat(refusal(pool, N2)).hasValue("R13");
    assertThat(pool.seenFrom(N2).orElseThrow().outdated()).isTrue();
    assertThat(pool.seenFrom(N2).orElseThrow().blocksAll()).isFalse();
    assertThat(pool.seenFrom(N2).orElseThrow().isIncomplete()).isFalse();
  }

  /** The counter-example there: R11. */
  @Test
  void keepsAnOldGenerationThatIsCompleteOnTheNode() {
    PublishedPool pool =
        poolOf(on("n2", "b", "old").withGeneration(1), on("n1", "a", "new").withGeneration(2));

    assertThat(refusal(pool, N2)).isEmpty();
    assertThat(visible(pool, N2)).containsExactly("old");
    assertThat(pool.seenFrom(N2).orElseThrow().outdated()).isTrue();
    assertThat(pool.seenFrom(N1).orElseThrow().outdated()).isFalse();
  }

  /** R14: the count that counts is that of the first relevant slice in input order. */
  @Test
  void believesTheFirstSliceWhereCountsDisagree() {
    PublishedPool right = poolOf(on("n1", "1", "a").withResourceSliceCount(2), on("n1", "0", "b"));
    PublishedPool wrong = poolOf(on("n1", "1", "a"), on("n1", "0", "b").withResourceSliceCount(2));

    assertThat(refusal(right, N1)).isEmpty();
    assertThat(refusal(wrong, N1)).hasValue("R15");
  }

  @Test
  void invalidatesAPoolWithTwoDevicesOfOneNameOnTheNode() {
    PublishedPool twice =
        poolOf(
            on("n1", "0", "a").withResourceSliceCount(2),
            on("n1", "1", "a").withResourceSliceCount(2));
    PublishedPool elsewhere =
        poolOf(
            on("n1", "0", "a").withResourceSliceCount(2),
            on("n2", "1", "a").withResourceSliceCount(2));

    assertThat(refusal(twice, N1)).hasValue("R16");
    assertThat(twice.seenFrom(N1).orElseThrow().blocksAll()).isTrue();
    assertThat(refusal(elsewhere, N1)).isEmpty();
  }

  @Test
  void invalidatesAPoolWithTwoCounterSetsOfOneNameAnywhere() {
    ImmutableResourceSlice here =
        on("n1", "0").withResourceSliceCount(2).withSharedCounters(counterSet("set", "c", 1));
    ImmutableResourceSlice there =
        on("n2", "1").withResourceSliceCount(2).withSharedCounters(counterSet("set", "c", 1));
    ImmutableResourceSlice other = there.withSharedCounters(counterSet("other", "c", 1));

    assertThat(refusal(poolOf(here, there), N1)).hasValue("R17");
    assertThat(refusal(poolOf(here, other), N1)).isEmpty();
  }

  @Test
  void invalidatesAPoolWithAReferenceToNoCounter() {
    ResourceSlice counters =
        on("n1", "0").withResourceSliceCount(2).withSharedCounters(counterSet("set", "c", 1));

    assertThat(refusal(poolOf(counters, consumer("set", "c")), N1)).isEmpty();
    assertThat(refusal(poolOf(counters, consumer("set", "d")), N1)).hasValue("R18");
    assertThat(refusal(poolOf(counters, consumer("tes", "c")), N1)).hasValue("R18");
  }

  private static ResourceSlice consumer(String set, String counter) {
    Device device = device("a").addConsumesCounters(consumes(set, counter, 1)).build();
    return on("n2", "1").withDevices(device).withResourceSliceCount(2);
  }

  @Test
  void showsTheNewestGenerationWhole() {
    PublishedPool pool =
        poolOf(
            on("n1", "0", "a").withGeneration(2).withResourceSliceCount(2),
            on("n2", "1", "b").withGeneration(2).withResourceSliceCount(2),
            on("n2", "2", "old"));

    assertThat(pool.newest().devices().all())
        .extracting(each -> each.device().name())
        .containsExactly("a", "b");
    assertThat(pool.seenFromAnywhere().refusal()).isEmpty();
    assertThat(pool.seenFromAnywhere().contents()).isSameAs(pool.newest());
  }

  @Test
  void saysThatTheNewestGenerationIsIncomplete() {
    PublishedPool pool = poolOf(on("n1", "0", "a").withResourceSliceCount(2));

    assertThat(pool.seenFromAnywhere().isIncomplete()).isTrue();
  }

  @Test
  void keepsWhatItFoundForNodesThatSeeTheSame() {
    PublishedPool pool =
        poolOf(
            sharedSlice("p", NodeSelection.allNodes(), devices("a")),
            on("n2", "1", "b").withResourceSliceCount(2));

    assertThat(pool.seenFrom(N1)).isEqualTo(pool.seenFrom(Node.of("n3")));
    assertThat(pool.seenFrom(N1)).isNotEqualTo(pool.seenFrom(N2));
  }
}
