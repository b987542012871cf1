package io.tangram.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTableTest {

  private static final String TOPOLOGY =
      """
      topology toy
      about 3 GPUs
      gpus 3
      nvlinks 2 0-1
      nvlinks 1 all
      path PIX 0-1
      """;

  private final HardwareCatalog catalog = HardwareCatalog.standard();

  @Test
  void readsATopology() {
    MachineTopology toy = catalog.withTopologies("toy.txt", TOPOLOGY).topologies().get(0);

    assertThat(toy.nvLinks())
        .hasSize(3)
        .containsEntry(GpuPair.of(1, 0), 2)
        .containsEntry(new GpuPair(0, 2), 1);
    assertThat(toy.paths()).containsOnlyKeys(new GpuPair(0, 1));
    assertThat(toy.numaNodes()).isEmpty();
    assertThat(toy.isFlat()).isFalse();
  }

  @Test
  void everyTopologyHasSourcesAndFactsOfItsLinks() {
    assertThat(catalog.topologies())
        .hasSize(15)
        .allSatisfy(
            topology -> {
              assertThat(topology.sources()).isNotEmpty();
              assertThat(topology.nvLinks().size() + topology.paths().size()).isPositive();
            });
  }

  /** Six links a GPU, as the generation has. */
  @Test
  void cubeMeshesGiveEachGpuAllOfItsLinks() {
    MachineTopology mesh = catalog.topology("DGX-1V");

    for (int gpu = 0; gpu < mesh.gpus(); gpu++) {
      assertThat(linksOf(mesh, gpu)).as("GPU %s", gpu).isEqualTo(6);
    }
    assertThat(mesh.nvLinks().get(new GpuPair(0, 3))).isEqualTo(2);
    assertThat(mesh.nvLinks()).doesNotContainKey(new GpuPair(0, 6));
    assertThat(mesh.paths().get(new GpuPair(2, 3))).isEqualTo(PciePath.PIX);
    assertThat(mesh.paths().get(new GpuPair(0, 2))).isEqualTo(PciePath.PHB);
    assertThat(mesh.paths()).hasSize(28);
  }

  @Test
  void switchedMachinesAreFlat() {
    assertThat(catalog.topologies())
        .filteredOn(MachineTopology::isFlat)
        .extracting(MachineTopology::name)
        .containsExactly(
            "DGX-2",
            "DGX-A100",
            "HGX-A800",
            "HGX-H100",
            "HGX-H100-4-numa",
            "HGX-H100-18-nics",
            "HGX-B200",
            "NVL72");
  }

  /** What two tables say of one machine is the same. */
  @Test
  void machinesHaveTheNumaNodesOfTheirTopologies() {
    assertThat(catalog.machines())
        .allSatisfy(
            machine -> {
              List<OptionalInt> numaNodes = machine.gpus().stream().map(PciSlot::numaNode).toList();
              assertThat(machine.topology())
                  .hasValueSatisfying(
                      topology -> assertThat(topology.numaNodes()).isEqualTo(numaNodes));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          speed fast             | "speed" is not a keyword
          gpu-model H1000        | GPU model H1000 is not in the catalogue
          nvlinks 1 0-1          | nvlinks of GPUs 0-1 is there already
          nvlinks 1 all          | nvlinks "1 all" names no pair of the 3 GPUs
          nvlinks 1              | nvlinks "1" names no pair of the 3 GPUs
          nvlinks x 0-1          | nvlinks is "x", not a number
          path SYS 0-3           | "0-3" is no pair of the 3 GPUs, as 0-1
          path SYS 1-0           | "1-0" is no pair of the 3 GPUs, as 0-1
          path SYS 1             | "1" is no pair of the 3 GPUs, as 0-1
          path NVL 1-2           | "NVL" is none of [PIX, PXB, PHB, NODE, SYS]
          numa 0 1               | there are 2 NUMA nodes for 3 GPUs
          nvlink-domain 72       | nvlink-domain "72" is not GPUS NODES
          nvlink-gb-per-second ? | nvlink-gb-per-second is "?", not a number
          topology toy           | there is a topology toy already
          """)
  void namesTheLineThatIsMalformed(String line, String problem) {
    assertThatThrownBy(() -> catalog.withTopologies("toy.txt", TOPOLOGY + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("toy.txt line 7: " + problem + ".");
  }

  @Test
  void namesTheLineOfATopologyThatIsNotComplete() {
    assertThatThrownBy(() -> catalog.withTopologies("toy.txt", "\ntopology t\nabout a machine\n"))
        .hasMessageStartingWith("toy.txt line 2: the topology is not complete: ")
        .hasMessageContaining("gpus");
  }

  @Test
  void listsWhatIsThereWhenATopologyIsUnknown() {
    assertThatThrownBy(() -> catalog.topology("DGX-0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The hardware catalogue has no topology DGX-0; it has ")
        .hasMessageContaining("DGX-1V, ");
  }

  private static int linksOf(MachineTopology topology, int gpu) {
    return IntStream.range(0, topology.gpus())
        .filter(other -> other != gpu)
        .map(other -> topology.nvLinks().getOrDefault(GpuPair.of(gpu, other), 0))
        .sum();
  }
}
