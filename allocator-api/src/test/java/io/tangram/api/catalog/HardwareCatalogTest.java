package io.tangram.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.device.Quantity;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HardwareCatalogTest {

  private final HardwareCatalog catalog = HardwareCatalog.standard();

  @Test
  void knowsTheModelsOfTheTable() {
    assertThat(catalog.models())
        .extracting(GpuModel::key)
        .contains("A30-24GB", "A100-40GB", "A100-80GB", "H100-80GB", "H200-141GB", "B200-180GB")
        .hasSize(16);
  }

  @Test
  void findsAModelByKeyAliasAndProductName() {
    GpuModel h100 = catalog.model("H100-80GB");

    assertThat(catalog.model("H800-80GB")).isSameAs(h100);
    assertThat(catalog.model("NVIDIA H100 80GB HBM3")).isSameAs(h100);
  }

  @Test
  void listsWhatIsThereWhenAModelIsUnknown() {
    assertThatThrownBy(() -> catalog.model("H100"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The hardware catalogue has no GPU model H100; it has A30-24GB, ")
        .hasMessageContaining("H100-80GB");
  }

  @Test
  void listsWhatIsThereWhenAProfileIsUnknown() {
    assertThatThrownBy(() -> catalog.model("A30-24GB").profile("7g.80gb"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "GPU model A30-24GB has no MIG profile 7g.80gb; it has 1g.6gb, 1g.6gb+me, 2g.12gb,"
                + " 2g.12gb+me, 4g.24gb.");
  }

  @Test
  void knowsWhatAnInstanceTakes() {
    MigProfile profile = catalog.model("H100-80GB").profile("1g.20gb");

    assertThat(profile.id()).hasValue(15);
    assertThat(profile.computeSlices()).isEqualTo(1);
    assertThat(profile.memorySlices()).hasValue(2);
    assertThat(profile.maxInstances()).isEqualTo(4);
    assertThat(profile.placements())
        .containsExactly(
            new Placement(0, 2), new Placement(2, 2), new Placement(4, 2), new Placement(6, 2));
    assertThat(profile.amounts())
        .containsEntry(MigResource.MULTIPROCESSORS, Quantity.of(26))
        .containsEntry(MigResource.COPY_ENGINES, Quantity.ONE)
        .containsEntry(MigResource.DECODERS, Quantity.ONE)
        .containsEntry(MigResource.ENCODERS, Quantity.ZERO)
        .containsEntry(MigResource.JPEG_ENGINES, Quantity.ONE)
        .containsEntry(MigResource.OFA_ENGINES, Quantity.ZERO)
        .containsEntry(MigResource.MEMORY, Quantity.parse("20096Mi"));
  }

  @Test
  void saysWhyAModelIsNotVerified() {
    GpuModel b200 = catalog.model("B200-180GB");

    assertThat(b200.verified()).isFalse();
    assertThat(b200.warning())
        .hasValueSatisfying(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "GPU model B200-180GB is not verified (confidence medium-high); its"
                            + " placements rest on: "));
    assertThat(catalog.model("H100-80GB").warning()).isEmpty();
  }

  @Test
  void leavesOutWhatNoSourceSays() {
    MigProfile unpublished = catalog.model("RTX-PRO-5000-48GB").profile("1g.24gb");

    assertThat(unpublished.id()).isEqualTo(OptionalInt.empty());
    assertThat(unpublished.placements()).isEmpty();
    assertThat(unpublished.amounts())
        .doesNotContainKeys(MigResource.MEMORY, MigResource.MULTIPROCESSORS);
    assertThat(catalog.model("B200-180GB").totals())
        .containsOnlyKeys(MigResource.COPY_ENGINES, MigResource.OFA_ENGINES);
  }

  @Test
  void hasSourcesForEveryModelAndAllFactsOfVerifiedOnes() {
    assertThat(catalog.models()).allSatisfy(model -> assertThat(model.sources()).isNotEmpty());
    assertThat(catalog.models())
        .filteredOn(GpuModel::verified)
        .isNotEmpty()
        .allSatisfy(
            model -> {
              assertThat(model.totals()).containsOnlyKeys(MigResource.values());
              assertThat(model.memorySlices()).isPresent();
              assertThat(model.profiles())
                  .allSatisfy(
                      profile -> {
                        assertThat(profile.id()).isPresent();
                        assertThat(profile.placements()).isNotEmpty();
                        assertThat(profile.placements())
                            .allSatisfy(
                                placement ->
                                    assertThat(placement.end())
                                        .isLessThanOrEqualTo(model.memorySlices().getAsInt()));
                      });
            });
  }
}
