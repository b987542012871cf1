package io.tangram.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.PciePath;
import io.tangram.api.device.LinkRequirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkGraphTest {

  private static LinkGraph<Integer> machine(String name) {
    return LinkGraph.of(HardwareCatalog.standard().topology(name));
  }

  @Test
  void knowsTheHybridCubeMesh() {
    LinkGraph<Integer> mesh = machine("DGX-1V");

    assertThat(mesh.devices()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(mesh.link(3, 0))
        .isEqualTo(Link.ofNvLinks(2).withNvLinkMbPerSecond(25_000).withPath(PciePath.PHB));
    assertThat(mesh.link(0, 6).kind()).isEqualTo(LinkKind.SYS);
    assertThat(mesh.asGraph().edges()).hasSize(28);
  }

  @Test
  void sumsWhatAllPairsCarry() {
    LinkGraph<Integer> mesh = machine("DGX-1V");

    assertThat(mesh.aggregateMbPerSecond(List.of(0, 3, 4))).isEqualTo(50_000 + 50_000 + 3_200);
    assertThat(mesh.aggregateMbPerSecond(List.of(0, 1, 2, 3))).isEqualTo(225_000);
    assertThat(mesh.aggregateMbPerSecond(List.of(5))).isZero();
  }

  @Test
  void findsTheSlowestPair() {
    LinkGraph<Integer> mesh = machine("DGX-1V");

    assertThat(mesh.worstPairMbPerSecond(List.of(0, 1, 2, 3))).hasValue(25_000);
    assertThat(mesh.worstPairMbPerSecond(List.of(0, 3, 4))).hasValue(3_200);
    assertThat(mesh.worstPairMbPerSecond(List.of(5))).isEmpty();
    assertThat(mesh.areJoinedByNvLinks(List.of(0, 1, 2, 3))).isTrue();
    assertThat(mesh.areJoinedByNvLinks(List.of(0, 3, 4))).isFalse();
    assertThat(mesh.areJoinedByNvLinks(List.of())).isTrue();
  }

  @Test
  void takesRatesFromTheArchitectureWhereTheTopologyGivesNone() {
    LinkGraph<Integer> bridged = machine("8xA100-PCIe");

    assertThat(bridged.link(0, 2).mbPerSecond()).isEqualTo(12 * 25_780);
    assertThat(bridged.link(0, 1).mbPerSecond()).isEqualTo(32_000 / 5);
  }

  @Test
  void takesTheWayOverPcieFromNumaNodesWhereTheTopologyGivesNone() {
    LinkGraph<Integer> switched = machine("HGX-H100-4-numa");

    assertThat(switched.link(0, 2).path()).contains(PciePath.NODE);
    assertThat(switched.link(2, 3).path()).contains(PciePath.SYS);
    assertThat(switched.link(0, 7).path()).isEmpty();
  }

  @Test
  void knowsEveryMachineOfTheCatalogue() {
    assertThat(HardwareCatalog.standard().topologies())
        .allSatisfy(
            topology -> {
              LinkGraph<Integer> graph = LinkGraph.of(topology);

              assertThat(graph.devices()).hasSize(topology.gpus());
              assertThat(graph.areJoinedByNvLinks(graph.devices()))
                  .isEqualTo(
                      topology.nvLinks().size() == topology.gpus() * (topology.gpus() - 1) / 2);
            });
  }

  @Test
  void isCompletedPairByPair() {
    LinkGraph<String> listed =
        LinkGraph.among(List.of("a", "b"), (one, other) -> Link.ofNvLinks(4));
    LinkGraph<String> implied =
        LinkGraph.among(List.of("c", "b", "a"), (one, other) -> Link.ofPath(PciePath.PHB));

    LinkGraph<String> both = listed.completedBy(implied);

    assertThat(both.devices()).containsExactly("a", "b", "c");
    assertThat(both.link("a", "b")).isEqualTo(Link.ofNvLinks(4).withPath(PciePath.PHB));
    assertThat(both.link("a", "c")).isEqualTo(Link.ofPath(PciePath.PHB));
  }

  @Test
  void canStandForOtherDevices() {
    LinkGraph<Integer> bridged = machine("4xA100-PCIe");
    Map<Integer, String> names = Map.of(0, "gpu-3", 1, "gpu-1", 2, "gpu-0");

    LinkGraph<String> named = bridged.named(gpu -> Optional.ofNullable(names.get(gpu)));

    assertThat(named.devices()).containsExactly("gpu-3", "gpu-1", "gpu-0");
    assertThat(named.link("gpu-1", "gpu-3")).isEqualTo(bridged.link(0, 1));
    assertThatThrownBy(() -> bridged.named(gpu -> Optional.of("gpu-" + gpu / 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gpu-0 stands for both devices 0 and 1.");
  }

  @Test
  void refusesDevicesThatAreNotThere() {
    LinkGraph<Integer> bridged = machine("4xA100-PCIe");

    assertThatThrownBy(() -> bridged.link(1, 1)).hasMessage("Device 1 has no link to itself.");
    assertThatThrownBy(() -> bridged.link(0, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bridged.aggregateMbPerSecond(List.of(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Device 4 is not in the graph, which has [0, 1, 2, 3].");
  }

  @Test
  void objectivesPreferMoreInSumOrTheFasterSlowestPair() {
    LinkGraph<Integer> mesh = machine("DGX-1V");
    List<Integer> joined = List.of(0, 1, 3);
    List<Integer> fast = List.of(0, 3, 4);

    assertThat(LinkObjective.AGGREGATE.compare(mesh, fast, joined)).isPositive();
    assertThat(LinkObjective.WORST_PAIR.compare(mesh, fast, joined)).isNegative();
    assertThat(LinkObjective.WORST_PAIR.compare(mesh, List.of(0, 4), List.of(0, 3))).isZero();
  }

  @Test
  void requirementsHoldForEveryPair() {
    LinkGraph<Integer> mesh = machine("DGX-1V");

    assertThat(mesh.meets(LinkRequirement.NV_LINKS, List.of(0, 1, 3))).isTrue();
    assertThat(mesh.meets(LinkRequirement.NV_LINKS, List.of(0, 3, 4))).isFalse();
    assertThat(mesh.meets(LinkRequirement.atLeast(25_000), List.of(0, 1, 3))).isTrue();
    assertThat(mesh.meets(LinkRequirement.atLeast(25_001), List.of(0, 1, 3))).isFalse();
    assertThat(mesh.meets(LinkRequirement.atLeast(25_001), List.of(0))).isTrue();
    assertThat(mesh.meets(LinkRequirement.NONE, mesh.devices())).isTrue();
    assertThatThrownBy(() -> LinkRequirement.atLeast(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A pair of devices is to have -1 MB/s; ask for 0 or more.");
  }
}
