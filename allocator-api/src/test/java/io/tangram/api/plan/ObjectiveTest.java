package io.tangram.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ObjectiveTest {

  @Test
  void labelsAreThoseOfTheCommandLine() {
    assertThat(Arrays.stream(Objective.values()).map(Objective::label))
        .containsExactly(
            "preference",
            "topology",
            "bandwidth",
            "fit",
            "fragmentation",
            "packing",
            "cost",
            "spread",
            "stability");
  }

  @Test
  void whatPleasesIsMaximisedAndWhatCostsMinimised() {
    assertThat(Arrays.stream(Objective.values()).filter(each -> !each.isMinimised()))
        .containsExactly(Objective.PREFERENCE, Objective.BANDWIDTH, Objective.STABILITY);
  }
}
