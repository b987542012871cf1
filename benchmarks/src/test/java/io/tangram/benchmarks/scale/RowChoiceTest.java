package io.tangram.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowChoiceTest {

  @Test
  void takesAllRowsAndThreeMoreRunsWhereNothingIsSaid() {
    RowChoice choice = RowChoice.parse(List.of());

    assertThat(choice.rows())
        .hasSize(ScaleRow.values().length + CommandRow.values().length)
        .contains(ScaleRow.PODS_1000, CommandRow.COMMAND_1000_YAML);
    assertThat(choice.again()).isEqualTo(3);
  }

  @Test
  void takesRowsInTheOrderOfTheArguments() {
    RowChoice choice = RowChoice.parse(List.of("pods_1000", "--again", "1", "COMMAND_100_JSON"));

    assertThat(choice.rows()).containsExactly(ScaleRow.PODS_1000, CommandRow.COMMAND_100_JSON);
    assertThat(choice.again()).isEqualTo(1);
  }

  @Test
  void listsTheRowsWhereOneIsUnknown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowChoice.parse(List.of("pods_100")))
        .withMessageStartingWith("There is no row pods_100; there are partitions_100, ")
        .withMessageEndingWith(
            ", pods_1000, command_100_json, command_1000_json, command_1000_yaml.");
  }

  @Test
  void listsOptionAndRowsWhereAnOptionIsUnknown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowChoice.parse(List.of("--agian", "1")))
        .withMessageStartingWith(
            "There is no option --agian; there is --again N, and rows are partitions_100, ");
  }

  @Test
  void asksForAtLeastOneRunAfterTheFirst() {
    for (String number : List.of("0", "-1", "few", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RowChoice.parse(List.of("--again", number)))
          .withMessage(
              "The number of runs after --again is %s; it must be a whole number, 1 or more."
                  .formatted(number));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowChoice.parse(List.of("pods_1000", "--again")))
        .withMessageContaining("is missing;");
  }
}
