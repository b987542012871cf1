package io.tangram.solver.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.Test;

class DrawTest {

  private final Draw draw = draw(new int[] {0, 2}, 5, 7);

  @Test
  void saysWhatIsDrawnOfWhichCounters() {
    assertThat(draw.size()).isEqualTo(2);
    assertThat(draw.counter(1)).isEqualTo(2);
    assertThat(draw.amount(1)).isEqualTo(7);
    assertThat(draw.groups().asList()).containsExactly(1, 2);
  }

  @Test
  void equalsADrawOfTheSameAmountsOfTheSameCounters() {
    Draw same = draw(new int[] {0, 2}, 5, 7);

    assertThat(draw).isEqualTo(same).hasSameHashCodeAs(same);
  }

  @Test
  void differsFromADrawOfOtherAmountsOrCountersOrUnderOtherGroups() {
    Draw apart = new Draw(new int[] {0, 2}, new long[] {5, 7}, ImmutableIntArray.of(1, 3));
    Draw others = draw(new int[] {0, 1}, 5, 7);
    Draw more = draw(new int[] {0, 2}, 5, 8);

    assertThat(draw).isNotEqualTo(others).doesNotHaveSameHashCodeAs(others);
    assertThat(draw).isNotEqualTo(more).doesNotHaveSameHashCodeAs(more);
    assertThat(draw).isNotEqualTo(apart).doesNotHaveSameHashCodeAs(apart);
    assertThat(draw).isNotEqualTo("draw");
  }

  private static Draw draw(int[] counters, long... amounts) {
    return new Draw(counters, amounts, ImmutableIntArray.of(1, 2));
  }
}
