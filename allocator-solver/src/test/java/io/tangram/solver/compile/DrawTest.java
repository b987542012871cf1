package io.tangram.solver.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrawTest {

  private final Draw draw = draw(new int[] {0, 2}, 5, 7);

  @Test
  void saysWhatIsDrawnOfWhichCounters() {
    assertThat(draw.size()).isEqualTo(2);
    assertThat(draw.counter(1)).isEqualTo(2);
    assertThat(draw.amount(1)).isEqualTo(7);
  }

  @Test
  void equalsADrawOfTheSameAmountsOfTheSameCounters() {
    Draw same = draw(new int[] {0, 2}, 5, 7);

    assertThat(draw).isEqualTo(same).hasSameHashCodeAs(same);
  }

  @Test
  void differsFromADrawOfOtherAmountsOrCounters() {
    Draw others = draw(new int[] {0, 1}, 5, 7);
    Draw more = draw(new int[] {0, 2}, 5, 8);

    assertThat(draw).isNotEqualTo(others).doesNotHaveSameHashCodeAs(others);
    assertThat(draw).isNotEqualTo(more).doesNotHaveSameHashCodeAs(more);
    assertThat(draw).isNotEqualTo("draw");
  }

  private static Draw draw(int[] counters, long... amounts) {
    return new Draw(counters, amounts);
  }
}
