package io.tangram.solver.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrawTest {

  private final Draw draw = new Draw(new int[] {0, 2}, new long[] {5, 7});

  @Test
  void saysWhatIsDrawnOfWhichCounters() {
    assertThat(draw.size()).isEqualTo(2);
    assertThat(draw.counter(1)).isEqualTo(2);
    assertThat(draw.amount(1)).isEqualTo(7);
  }

  @Test
  void equalsADrawOfTheSameAmountsOfTheSameCounters() {
    assertThat(draw)
        .isEqualTo(new Draw(new int[] {0, 2}, new long[] {5, 7}))
        .hasSameHashCodeAs(new Draw(new int[] {0, 2}, new long[] {5, 7}));
  }

  @Test
  void differsFromADrawOfOtherAmountsOrCounters() {
    Draw others = new Draw(new int[] {0, 1}, new long[] {5, 7});
    Draw more = new Draw(new int[] {0, 2}, new long[] {5, 8});

    assertThat(draw).isNotEqualTo(others).doesNotHaveSameHashCodeAs(others);
    assertThat(draw).isNotEqualTo(more).doesNotHaveSameHashCodeAs(more);
    assertThat(draw).isNotEqualTo("draw");
  }
}
