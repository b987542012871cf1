package io.tangram.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.device.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTableTest {

  private static final String MACHINE =
      """
      machine 2xH100
      gpu-model H100-80GB
      gpus 0/0 0/?
      """;

  private final HardwareCatalog catalog = HardwareCatalog.standard();

  @Test
  void readsAMachine() {
    MachineModel machine = catalog.withMachines("toy.txt", MACHINE).machine("2xH100");

    assertThat(machine.gpus()).hasSize(2);
    assertThat(machine.gpus().get(0).root()).isEqualTo(machine.gpus().get(1).root());
    assertThat(machine.gpus().get(0).busId()).isNotEqualTo(machine.gpus().get(1).busId());
    assertThat(machine.gpus().get(1).numaNode()).isEmpty();
    assertThat(machine.productName()).isEqualTo("NVIDIA H100 80GB HBM3");
    assertThat(machine.gpuMemory()).hasValue(Quantity.parse("81152Mi"));
  }

  @Test
  void listsWhatIsThereWhenAMachineIsUnknown() {
    assertThatThrownBy(() -> catalog.machine("16xH100"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The hardware catalogue has no machine 16xH100; it has 8xA100-40GB, 8xA100-80GB,"
                + " 8xH100-80GB, 8xH200-141GB, 8xB200-180GB, 4xGB200-186GB.");
  }

  @Test
  void everyMachineHasSourcesAndCanBePublished() {
    assertThat(catalog.machines())
        .allSatisfy(
            machine -> {
              assertThat(machine.sources()).isNotEmpty();
              assertThat(machine.gpuModel().productNames()).contains(machine.productName());
              assertThat(NodeTemplate.builder().machine(machine).build().publish("n").slices())
                  .hasSize(1);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          speed fast          | "speed" is not a keyword
          gpu-model H1000     | GPU model H1000 is not in the catalogue
          gpus 0/0 1          | gpus has "1", not ROOT/NUMA
          gpus x/0            | ROOT is "x", not a number
          nics 15/0           | roots and the devices of each are counted from 0 to 14
          gpu-memory-mib ?    | gpu-memory-mib is "?", not a number
          topology cube       | topology cube is not in the catalogue
          machine 2xH100      | there is a machine 2xH100 already
          """)
  void namesTheLineThatIsMalformed(String line, String problem) {
    assertThatThrownBy(() -> catalog.withMachines("toy.txt", MACHINE + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("toy.txt line 4: " + problem + ".");
  }

  @Test
  void refusesATopologyOfOtherMachines() {
    assertThatThrownBy(() -> catalog.withMachines("toy.txt", MACHINE + "topology HGX-H100\n"))
        .hasMessage("toy.txt line 1: topology HGX-H100 is not one of 2 GPUs of model H100-80GB.");
  }

  @Test
  void namesTheLineOfAMachineThatIsNotComplete() {
    assertThatThrownBy(() -> catalog.withMachines("toy.txt", "\nmachine m\ngpus 0/0\n"))
        .hasMessageStartingWith("toy.txt line 2: the machine is not complete: ")
        .hasMessageContaining("gpuModel");
  }
}
