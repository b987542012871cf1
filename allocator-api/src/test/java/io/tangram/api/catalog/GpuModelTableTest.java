package io.tangram.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuModelTableTest {

  private static final String MODEL =
      """
      # two slices
      model Toy-2GB
      architecture Toy
      memory-gb 2
      compute-slices ?
      memory-slices 2
      verified no
      confidence low
      placements-from a guess
      profile 1g.1gb 19 1 1 1024 4 1 0 0 0 0 2 0,1:1
      """;

  @Test
  void readsAModel() {
    HardwareCatalog catalog = HardwareCatalog.parse("toy.txt", MODEL);

    assertThat(catalog.models()).hasSize(1);
    assertThat(catalog.model("Toy-2GB").computeSlices()).isEmpty();
    assertThat(catalog.model("Toy-2GB").profile("1g.1gb").placements())
        .containsExactly(new Placement(0, 1), new Placement(1, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          speed fast                                        | "speed" is not a keyword
          verified                                          | "verified" is not a keyword and a value
          verified maybe                                    | verified is "maybe", not yes or no
          memory-gb lots                                    | memory-gb is "lots", not a number
          memory-gb -1                                      | memory-gb is "-1", not a number
          profile 2g.2gb 14 2 2 2048 8 2 0 0 0 0 1          | a profile has 13 fields, this one 12
          profile 2g.2gb 14 ? 2 2048 8 2 0 0 0 0 1 0:2      | COMPUTE-SLICES is "?", not a number
          profile 2g.2gb 14 2 2 2048 8 2 0 0 0 0 1 0        | placements "0" are not STARTS:SIZE
          profile 2g.2gb 14 2 2 2048 8 2 0 0 0 0 1 0:1      | placements "0:1" do not have the size of the profile
          profile 2g.2gb 14 2 2 2048 8 2 0 0 0 0 1 0,:2     | START is "", not a number
          """)
  void namesTheLineThatIsMalformed(String line, String problem) {
    assertThatThrownBy(() -> HardwareCatalog.parse("toy.txt", MODEL + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("toy.txt line 11: " + problem + ".");
  }

  @Test
  void namesTheLineOfAModelThatIsNotComplete() {
    assertThatThrownBy(() -> HardwareCatalog.parse("toy.txt", MODEL + "model Empty\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("toy.txt line 11: the model is not complete: ")
        .hasMessageContaining("architecture");
  }

  @Test
  void refusesFactsBeforeTheFirstModel() {
    assertThatThrownBy(() -> HardwareCatalog.parse("toy.txt", "\nverified yes\n"))
        .hasMessage("toy.txt line 2: \"verified\" comes before the first model.");
  }

  @Test
  void refusesTwoModelsOfOneName() {
    assertThatThrownBy(
            () ->
                HardwareCatalog.parse(
                    "toy.txt", MODEL + "alias Other\n" + MODEL.replace("Toy-2GB", "Other")))
        .hasMessage("Both GPU models Toy-2GB and Other go by Other.");
  }
}
