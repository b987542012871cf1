package io.tangram.k8s.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.MachineTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogSelectionTest {

  private final HardwareCatalog catalog = HardwareCatalog.standard();

  @ParameterizedTest
  @ValueSource(strings = {"H200-141GB", "h200-141gb", "H20-141GB", "nvidia h200 nvl"})
  void findsAModelWithItsMachinesAndTopologiesByAnyOfItsNames(String name) {
    CatalogSelection found = CatalogSelection.named(catalog, name).orElseThrow();

    assertThat(found.models()).extracting(GpuModel::key).containsExactly("H200-141GB");
    assertThat(found.machines()).extracting(MachineModel::name).containsExactly("8xH200-141GB");
    assertThat(found.topologies()).extracting(MachineTopology::name).containsExactly("HGX-H100");
  }

  @Test
  void findsAMachineWithItsTopology() {
    CatalogSelection found = CatalogSelection.named(catalog, "4xgb200-186gb").orElseThrow();

    assertThat(found.models()).isEmpty();
    assertThat(found.machines()).extracting(MachineModel::name).containsExactly("4xGB200-186GB");
    assertThat(found.topologies()).extracting(MachineTopology::name).containsExactly("NVL72");
  }

  @Test
  void everyNameMeansOneThing() {
    assertThat(CatalogSelection.names(catalog)).hasSizeGreaterThan(60);
    assertThat(CatalogSelection.names(catalog).stream().map(String::toLowerCase).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void findsNothingByAnUnknownName() {
    assertThat(CatalogSelection.named(catalog, "H100")).isEmpty();
  }
}
