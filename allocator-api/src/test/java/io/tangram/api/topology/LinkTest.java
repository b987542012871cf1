package io.tangram.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.catalog.PciePath;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkTest {

  @Test
  void nvLinksCarryWhatEachOfThemDoes() {
    Link link = Link.ofNvLinks(2).withNvLinkMbPerSecond(26_560).withPath(PciePath.SYS);

    assertThat(link.mbPerSecond()).isEqualTo(53_120);
    assertThat(link.kind()).isEqualTo(LinkKind.NVLINK);
    assertThat(link.nvLinkGeneration()).contains(NvLinkGeneration.V4);
  }

  /** From best to worst in the words of {@code nvidia-smi topo -m}. */
  @ParameterizedTest
  @EnumSource
  void nearerKindsAreNeverSlower(PcieGeneration pcie) {
    Stream<Link> nvLinks = Stream.of(18, 2, 1).map(Link::ofNvLinks);
    Stream<Link> paths = Arrays.stream(PciePath.values()).map(Link::ofPath);

    List<Link> links =
        Stream.concat(nvLinks, paths)
            .map(link -> link.withPcieMbPerSecond(pcie.mbPerSecond()))
            .toList();

    assertThat(links)
        .isSortedAccordingTo((one, other) -> one.kind().compareTo(other.kind()))
        .isSortedAccordingTo((one, other) -> Long.compare(other.mbPerSecond(), one.mbPerSecond()));
  }

  @Test
  void pcieCarriesASmallerShareOnEachLongerWay() {
    assertThat(PciePath.values())
        .extracting(path -> Link.ofPath(path).mbPerSecond())
        .containsExactly(16_000L, 12_800L, 9_600L, 6_400L, 3_200L);
  }

  @Test
  void ofWhatIsNotKnownTheWorstHolds() {
    assertThat(Link.UNKNOWN.kind()).isEqualTo(LinkKind.SYS);
    assertThat(Link.UNKNOWN.mbPerSecond()).isEqualTo(Link.ofPath(PciePath.SYS).mbPerSecond());
    assertThat(Link.ofNvLinks(0).kind()).isEqualTo(LinkKind.SYS);
  }

  @Test
  void isCompletedByWhatItDoesNotKnow() {
    Link listed = Link.ofNvLinks(0).withPath(PciePath.PIX);
    Link implied = Link.ofNvLinks(18).withPath(PciePath.PHB).withPcieMbPerSecond(64_000);

    Link both = listed.completedBy(implied);

    assertThat(both).isEqualTo(listed.withPcieMbPerSecond(64_000));
    assertThat(both.mbPerSecond()).isEqualTo(64_000);
  }

  @Test
  void refusesNumbersThatNoLinkHas() {
    assertThatThrownBy(() -> Link.ofNvLinks(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A link has -1 NVLinks; give 0 to 100.");
    assertThatThrownBy(() -> Link.UNKNOWN.withPcieMbPerSecond(0))
        .hasMessage("A link has 0 MB/s of PCIe; give 1 to 1000000.");
    assertThatThrownBy(() -> Link.UNKNOWN.withNvLinkMbPerSecond(2_000_000))
        .hasMessage("A link has 2000000 MB/s of an NVLink; give 1 to 1000000.");
  }

  @Test
  void saysWhatItIs() {
    assertThat(Link.ofNvLinks(2)).hasToString("NV2 50000 MB/s");
    assertThat(Link.ofPath(PciePath.NODE)).hasToString("NODE 6400 MB/s");
  }
}
