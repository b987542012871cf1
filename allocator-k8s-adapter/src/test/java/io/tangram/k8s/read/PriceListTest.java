package io.tangram.k8s.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {

  private static PriceList list(String text) {
    return PriceList.read(Reading.file("prices.yaml", text));
  }

  private static AllocationProblem nodes(Node... nodes) {
    return AllocationProblem.builder().addNodes(nodes).build();
  }

  private static Node node(String name, String... labels) {
    ImmutableMap.Builder<String, String> map = ImmutableMap.builder();
    for (int i = 0; i < labels.length; i += 2) {
      map.put(labels[i], labels[i + 1]);
    }
    return Node.builder().name(name).labels(map.buildOrThrow()).build();
  }

  private static PublishedNode machine(String name, String machine, Partitioning partitioning) {
    return NodeTemplate.builder()
        .machine(HardwareCatalog.standard().machine(machine))
        .partitioning(partitioning)
        .build()
        .publish(name);
  }

  private static ImmutableAllocationProblem machines(PublishedNode... nodes) {
    ImmutableAllocationProblem.Builder problem = AllocationProblem.builder();
    for (PublishedNode node : nodes) {
      problem.addNodes(Node.of(node.node().name())).addAllSlices(node.slices());
    }
    return problem.build();
  }

  @Test
  void takesTheFirstEntryThatIsForANode() {
    PriceList prices =
        list(
            """
            prices:
            - matchLabels: {type: large, capacity: spot}
              price: 41.2
            - matchLabels: {type: large}
              price: 98.32
            - matchLabels: {capacity: spot}
              price: "7"
            default: 10
            """);

    ImmutableMap<String, Long> byNode =
        prices.of(
            nodes(
                node("both", "capacity", "spot", "type", "large", "zone", "a"),
                node("large", "type", "large"),
                node("spot", "capacity", "spot", "type", "small"),
                node("plain")));

    assertThat(byNode)
        .containsExactly(
            entry("both", 41_200_000L),
            entry("large", 98_320_000L),
            entry("spot", 7_000_000L),
            entry("plain", 10_000_000L));
  }

  @Test
  void readsJsonToo() {
    PriceList prices =
        list("{\"prices\": [{\"matchLabels\": {\"a\": \"b\"}, \"price\": 0.000001}]}");

    assertThat(prices.of(nodes(node("n", "a", "b")))).containsExactly(entry("n", 1L));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1000000",
    "98.32, 98320000",
    "0.1, 100000",
    "0.000001, 1",
    "1.2300000000, 1230000",
    "1000000000, 1000000000000000",
    "\"98.32\", 98320000"
  })
  void countsPricesExactly(String price, long millionths) {
    assertThat(list("default: " + price).otherwise()).contains(millionths);
  }

  /** However its GPUs are published, and whatever its labels say. */
  @Test
  void knowsMachinesByTheirGpus() {
    PriceList prices =
        list("prices: [{model: 8xh100-80gb, price: 3}, {model: 8xA100-80GB, price: 2}]");

    ImmutableMap<String, Long> byNode =
        prices.of(
            machines(
                machine("whole", "8xH100-80GB", Partitioning.WHOLE_GPUS),
                machine("parted", "8xH100-80GB", Partitioning.EVERY_PLACEMENT),
                machine("ampere", "8xA100-80GB", Partitioning.EVERY_PLACEMENT)));

    assertThat(byNode)
        .containsExactly(
            entry("whole", 3_000_000L), entry("parted", 3_000_000L), entry("ampere", 2_000_000L));
  }

  @Test
  void looksAtTheNewestGenerationOfSlices() {
    PublishedNode machine = machine("n", "8xH100-80GB", Partitioning.WHOLE_GPUS);
    PublishedNode earlier = machine("n", "4xGB200-186GB", Partitioning.WHOLE_GPUS);
    AllocationProblem problem =
        machines(machine)
            .withSlices(
                ImmutableList.of(
                    ((ImmutableResourceSlice) machine.slices().get(0)).withGeneration(2),
                    earlier.slices().get(0)));

    assertThat(list("prices: [{model: 8xH100-80GB, price: 3}]").of(problem))
        .containsExactly(entry("n", 3_000_000L));
  }

  @Test
  void refusesANodeWithoutPrice() {
    PriceList prices = list("prices: [{matchLabels: {a: b}, price: 1}]");
    PublishedNode machine = machine("m", "8xH100-80GB", Partitioning.WHOLE_GPUS);

    assertThatThrownBy(() -> prices.of(nodes(node("x", "a", "b"), node("y", "a", "c"), node("z"))))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "prices.yaml: prices: no entry is for node y (no model: it publishes no NVIDIA GPUs) and"
                + " 1 more; cost needs a price for every node. Add an entry with its labels or its"
                + " model, or a default.");
    assertThatThrownBy(() -> prices.of(machines(machine)))
        .hasMessageContaining("no entry is for node m (model 8xH100-80GB); cost needs");
  }

  @Test
  void saysWhichGpusAreNoMachine() {
    PublishedNode machine = machine("m", "8xH100-80GB", Partitioning.WHOLE_GPUS);
    ImmutableResourceSlice slice = (ImmutableResourceSlice) machine.slices().get(0);
    AllocationProblem problem =
        machines(machine)
            .withSlices(ImmutableList.of(slice.withDevices(slice.devices().subList(0, 7))));

    assertThatThrownBy(() -> list("prices: [{model: 8xH100-80GB, price: 1}]").of(problem))
        .hasMessageContaining("node m (no model: 7 GPUs NVIDIA H100 80GB HBM3); cost needs");
  }

  @Test
  void refusesSumsThatCanNotBeCounted() {
    PriceList prices = list("default: 1000000000");
    Node[] nodes = new Node[10];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = node("n" + i);
    }

    assertThatThrownBy(() -> prices.of(nodes(nodes)))
        .hasMessage(
            "prices.yaml: the prices of all nodes together are more than 9007199254.740992, the most"
                + " that can be counted exactly. Give them in a larger unit.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "default: -1 | default: -1 must be a price from 0 to 1000000000.",
        "default: 1000000000.1 | default: 1000000000.1 must be a price from 0 to 1000000000.",
        "default: 0.0000001 | default: 0.0000001 must have at most 6 decimals. Round it, or take"
            + " another unit.",
        "default: 1e2 | default: 1e2 must be a price, such as 98.32.",
        "default: cheap | default: \"cheap\" must be a price, such as 98.32.",
        "default: [1] | default: [1] must be a price, such as 98.32.",
        "prices: [] | has neither prices nor a default. Give one of them.",
        "{} | has neither prices nor a default. Give one of them.",
        "price: 3 | price: is no field of a list of prices; known here are prices, default.",
        "prices: {a: 1} | prices: {\"a\":1} must be a list.",
        "prices: [{price: 3}] | prices[0]: names no nodes. Give matchLabels or a model; for all other"
            + " nodes there is default.",
        "prices: [{matchLabels: {}, price: 3}] | prices[0]: names no nodes. Give matchLabels or a"
            + " model; for all other nodes there is default.",
        "prices: [{matchLabels: {a: b}}] | prices[0].price: is required (prices).",
        "prices: [{matchLabels: {a: 1}, price: 3}] | prices[0].matchLabels[a]: 1 must be a string; put it in quotes.",
        "prices: [{matchLabels: {a/b/c: d}, price: 3}] | prices[0].matchLabels[a/b/c]: the key is not"
            + " a label's key: name or subdomain/name.",
        "prices: [{label: a, value: b, price: 3}] | prices[0].label: is no field of a list of prices;"
            + " known here are matchLabels, model, price.",
        "prices: [{model: 8xH100, price: 3}] | prices[0].model: \"8xH100\" is no machine of tangram"
            + " catalog, which has 8xA100-40GB, 8xA100-80GB, 8xH100-80GB, 8xH200-141GB,"
            + " 8xB200-180GB, 4xGB200-186GB. Give other nodes by matchLabels.",
        "prices: [{matchLabels: {a: b}, price: 3}, {matchLabels: {a: b}, price: 4}] | prices[1]: is"
            + " for the same nodes as an entry before it, which counts. Leave one out.",
      })
  void refusesWhatIsNoListInOneLine(String text, String line) {
    assertThatThrownBy(() -> list(text))
        .isInstanceOf(InputException.class)
        .hasMessage("prices.yaml: " + line);
  }

  @Test
  void refusesTwoListsAndNone() {
    assertThatThrownBy(() -> list("default: 1\n---\ndefault: 2\n"))
        .hasMessage("prices.yaml: has 2 documents; a list of prices is one.");
    assertThatThrownBy(() -> list(""))
        .hasMessage("prices.yaml: has 0 documents; a list of prices is one.");
    assertThatThrownBy(() -> list("default: ["))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("prices.yaml: line 1, column 11: not YAML");
  }
}
