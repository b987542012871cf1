package io.tangram.api.catalog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class NodeTemplateChecksTest {

  private final HardwareCatalog catalog = HardwareCatalog.standard();

  @Test
  void refusesPartitionsThatNoSourceDescribes() {
    assertThatThrownBy(
            () ->
                NodeTemplate.builder()
                    .machine(catalog.machine("8xB200-180GB"))
                    .partitioning(Partitioning.EVERY_PLACEMENT)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "GPU model B200-180GB can't be published with partitions: no source says the"
                + " multiprocessors of profile 3g.90gb. Publish whole GPUs, or take a verified"
                + " model.");
  }

  @Test
  void refusesNicsThatNoSourceDescribes() {
    assertThatThrownBy(
            () ->
                NodeTemplate.builder()
                    .machine(catalog.machine("4xGB200-186GB"))
                    .withNics(true)
                    .build())
        .hasMessage("The NICs of machine 4xGB200-186GB are not known; leave them out.");
  }

  @Test
  void refusesLayoutsThatAreNeitherOneNorOneForEachGpu() {
    MigLayout empty = new MigLayout(ImmutableList.of());

    assertThatThrownBy(
            () ->
                NodeTemplate.builder()
                    .machine(catalog.machine("8xH100-80GB"))
                    .partitioning(new Partitioning.Fixed(ImmutableList.of(empty, empty)))
                    .build())
        .hasMessage(
            "2 layouts for the 8 GPUs of machine 8xH100-80GB; give one for all or one for each.");
  }

  @Test
  void refusesALayoutThatTheModelDoesNotAllow() {
    GpuModel model = catalog.model("H100-80GB");
    MigLayout overlapping =
        new MigLayout(
            ImmutableList.of(
                new MigInstance(model.profile("4g.40gb"), new Placement(0, 4)),
                new MigInstance(model.profile("1g.10gb"), new Placement(3, 1))));

    assertThatThrownBy(
            () ->
                NodeTemplate.builder()
                    .machine(catalog.machine("8xH100-80GB"))
                    .partitioning(Partitioning.fixed(overlapping))
                    .build())
        .hasMessage(
            "GPU model H100-80GB has no layout [4g.40gb@0, 1g.10gb@3]; take one of"
                + " GpuModel.layouts.");
  }

  @Test
  void refusesMoreThanKubernetesTakesInOneSlice() {
    MachineModel nine =
        MachineModel.builder()
            .name("9xH100")
            .gpuModel(catalog.model("H100-80GB"))
            .addAllGpus(Collections.nCopies(9, PciSlot.UNKNOWN))
            .build();

    assertThatThrownBy(
            () ->
                NodeTemplate.builder()
                    .machine(nine)
                    .partitioning(Partitioning.EVERY_PLACEMENT)
                    .build())
        .hasMessage(
            "Machine 9xH100 would publish 26 devices and 9 counter sets in one slice; Kubernetes"
                + " allows 64 and 8.");
  }
}
