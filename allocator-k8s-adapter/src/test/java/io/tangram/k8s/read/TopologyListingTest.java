package io.tangram.k8s.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSortedSet;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.PciePath;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listings in the forms of real ones, written from the facts of the catalogue. */
class TopologyListingTest {

  private static final String TWO_GPUS =
      """
              GPU0    GPU1    mlx5_0  CPU Affinity    NUMA Affinity
      GPU0     X      NV4     PIX     0-15            0
      GPU1    NV4      X      SYS     16-31           1
      mlx5_0  PIX     SYS      X
      """;

  private static TopologyListing parse(String text) {
    return TopologyListing.read(Reading.file("topo.txt", text));
  }

  private static TopologyListing listing(String name) {
    try (InputStream in =
        TopologyListingTest.class.getResourceAsStream("topology/" + name + ".txt")) {
      return parse(
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A listing shows the way over PCIe only of pairs without NVLinks, and no rates. */
  @ParameterizedTest
  @CsvSource({
    "dgx-1v, DGX-1V",
    "8xa100-pcie, 8xA100-PCIe",
    "4xa100-pcie-one-bridge, 4xA100-PCIe-one-bridge",
    "hgx-h100, HGX-H100",
    "hgx-h100-4-numa, HGX-H100-4-numa"
  })
  void saysWhatTheCatalogueSaysOfTheMachine(String file, String machine) {
    LinkGraph<String> listed = listing(file).links();
    LinkGraph<Integer> known = LinkGraph.of(HardwareCatalog.standard().topology(machine));

    for (int gpu : known.devices()) {
      for (int other = 0; other < gpu; other++) {
        Link link = listed.link("GPU" + gpu, "GPU" + other);
        assertThat(link.kind()).isEqualTo(known.link(gpu, other).kind());
        assertThat(link.nvLinks()).isEqualTo(known.link(gpu, other).nvLinks());
      }
    }
  }

  @Test
  void readsNicsByInterface() {
    TopologyListing listing = listing("dgx-1v");

    assertThat(listing.devices())
        .extracting(ListedDevice::name)
        .endsWith("GPU7", "mlx5_0", "mlx5_2", "mlx5_1", "mlx5_3");
    assertThat(listing.devices()).filteredOn(ListedDevice::isGpu).hasSize(8);
    assertThat(listing.links().link("mlx5_1", "GPU5").kind()).isEqualTo(LinkKind.PIX);
    assertThat(listing.links().link("mlx5_1", "mlx5_3").kind()).isEqualTo(LinkKind.PHB);
  }

  @Test
  void readsNicsByNumberAndLegendUnderEscapesOfATerminal() {
    TopologyListing listing = listing("hgx-h100");

    assertThat(listing.devices().get(3))
        .isEqualTo(new ListedDevice("GPU3", Optional.empty(), ImmutableSortedSet.of(0)));
    assertThat(listing.devices().get(15))
        .isEqualTo(new ListedDevice("NIC7", Optional.of("mlx5_bond_0"), ImmutableSortedSet.of()));
    assertThat(listing.links().link("GPU7", "NIC7").path()).contains(PciePath.PIX);
  }

  @Test
  void takesNumaNodesOfProcessorsAndNotThoseOfGpuMemory() {
    TopologyListing listing = listing("hgx-h100-4-numa");

    assertThat(listing.numaLinks().link("GPU4", "GPU5")).isEqualTo(Link.ofPath(PciePath.NODE));
    assertThat(listing.numaLinks().link("GPU3", "GPU4")).isEqualTo(Link.ofPath(PciePath.SYS));
    assertThat(listing.numaLinks().link("GPU3", "GPU7")).isEqualTo(Link.UNKNOWN);
    assertThat(listing("4xa100-pcie-one-bridge").numaLinks().link("GPU0", "GPU3"))
        .isEqualTo(Link.ofPath(PciePath.NODE));
  }

  @Test
  void readsAMachineWithOneGpu() {
    TopologyListing listing =
        parse("\tGPU0\tCPU Affinity\tNUMA Affinity\tGPU NUMA ID\nGPU0\t X \t0-63\t0,2-3\t\tN/A\n");

    assertThat(listing.devices())
        .containsExactly(
            new ListedDevice("GPU0", Optional.empty(), ImmutableSortedSet.of(0, 2, 3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          NV4     PIX | NV4x     PIX  | line 2: GPU0 to GPU1 is "NV4x", not NV1 to NV99 or one of PIX, PXB, PHB, NODE, SYS.
          X      NV4  | X      X      | line 2: GPU0 to GPU1 is "X", not NV1 to NV99 or one of PIX, PXB, PHB, NODE, SYS.
          X      SYS  | SYS    SYS    | line 3: GPU1 to GPU1 is "SYS", not X.
          GPU1    NV4 | GPU1    NV2   | line 3: GPU1 to GPU0 is NV2, but GPU0 to GPU1 is NV4 on line 2.
          PIX     SYS      X | PIX    | line 4: mlx5_0 has 1 of 3 links.
          mlx5_0  PIX | mlx5_9  PIX   | line 4: "mlx5_9" is no column, and the line of mlx5_0 is still to come.
          mlx5_0  PIX | GPU1    PIX   | line 4: there is a line of GPU1 already.
          GPU1    mlx5_0 | GPU0  mlx5_0 | line 1: there are two columns GPU0.
          CPU Affinity | CPU-Affinity? | line 1: "CPU-Affinity?" is no column of such a matrix, which has devices, then CPU Affinity, NUMA Affinity and GPU NUMA ID.
          16-31           1 | 16-31   | line 3: GPU1 has 1 value behind its links, but the columns there are CPU Affinity, NUMA Affinity. Write N/A for what is not said.
          16-31           1 | 16-31 x | line 3: the NUMA affinity of GPU1 is "x", not N/A or numbers below 1024 such as 0 or 0-1.
          16-31           1 | 16-31 2-1 | line 3: the NUMA affinity of GPU1 is "2-1", not N/A or numbers below 1024 such as 0 or 0-1.
          16-31           1 | 16-31 1-9999 | line 3: the NUMA affinity of GPU1 is "1-9999", not N/A or numbers below 1024 such as 0 or 0-1.
          """)
  void saysWhatIsWrongAndWhere(String right, String wrong, String message) {
    assertThat(TWO_GPUS).contains(right);

    assertThatThrownBy(() -> parse(TWO_GPUS.replace(right, wrong)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("topo.txt: " + message);
  }

  @Test
  void refusesATextThatIsNoListing() {
    assertThatThrownBy(() -> parse("apiVersion: v1\nkind: Node\n"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "topo.txt: has no line of columns, such as GPU0 GPU1 CPU Affinity. Write the file again"
                + " with nvidia-smi topo -m.");
    assertThatThrownBy(() -> parse("x".repeat((1 << 20) + 1)))
        .hasMessageStartingWith("topo.txt: is larger than 1 MiB");
  }

  @Test
  void refusesAListingThatEndsEarly() {
    assertThatThrownBy(() -> parse(TWO_GPUS.substring(0, TWO_GPUS.indexOf("GPU1    NV4"))))
        .hasMessage(
            "topo.txt: ends, but the lines of GPU1, mlx5_0 are still to come. Write the file again"
                + " with nvidia-smi topo -m.");
    assertThatThrownBy(() -> parse(TWO_GPUS.replaceFirst("mlx5_0  PIX.*", "") + "Legend:\n"))
        .hasMessageStartingWith(
            "topo.txt: line 5: \"Legend:\" is no column, and the line of mlx5_0 is still to come.");
  }

  @Test
  void refusesTwoMachinesInOneFile() {
    assertThatThrownBy(() -> parse(TWO_GPUS + TWO_GPUS))
        .hasMessage(
            "topo.txt: line 5: a second matrix begins. Give each machine a file of its own.");
  }

  @Test
  void refusesALegendOfOtherNics() {
    assertThatThrownBy(() -> parse(TWO_GPUS + "\nNIC Legend:\n\n  NIC4: mlx5_4\n"))
        .hasMessageStartingWith("topo.txt: line 8: the legend has \"NIC4\", which is no column.");
    assertThatThrownBy(() -> parse(TWO_GPUS + "NIC Legend:\n mlx5_0: a\n mlx5_0: b\n"))
        .hasMessageStartingWith("topo.txt: line 7: the legend has mlx5_0 twice.");
  }
}
