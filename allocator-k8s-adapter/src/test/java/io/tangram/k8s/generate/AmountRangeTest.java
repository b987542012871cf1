package io.tangram.k8s.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.device.Quantity;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AmountRangeTest {

  private static Set<String> drawn(AmountRange range) {
    Random random = new Random(1);
    return IntStream.range(0, 200)
        .mapToObj(i -> range.draw(random).toString())
        .collect(Collectors.toSet());
  }

  private static Quantity amount(String text) {
    return Quantity.parse(text);
  }

  @Test
  void drawsWholeCoresAndGibibytesBetweenWholeOnes() {
    assertThat(drawn(AmountRange.ofCpu(amount("2"), amount("4"))))
        .containsExactlyInAnyOrder("2", "3", "4");
    assertThat(drawn(AmountRange.ofMemory(amount("1Gi"), amount("3Gi"))))
        .containsExactlyInAnyOrder("1Gi", "2Gi", "3Gi");
  }

  @Test
  void drawsTenthsAndMebibytesElsewhere() {
    assertThat(drawn(AmountRange.ofCpu(amount("500m"), amount("1"))))
        .containsExactlyInAnyOrder("500m", "600m", "700m", "800m", "900m", "1");
    assertThat(drawn(AmountRange.ofMemory(amount("1022Mi"), amount("1Gi"))))
        .containsExactlyInAnyOrder("1022Mi", "1023Mi", "1Gi");
  }

  @Test
  void drawsTheOnlyAmountThereIs() {
    assertThat(drawn(AmountRange.ofCpu(amount("3"), amount("3")))).containsExactly("3");
  }

  @Test
  void drawsFromTheWidestRangeThereIs() {
    AmountRange widest = AmountRange.ofCpu(amount("100m"), amount("9E"));

    assertThat(drawn(widest)).hasSizeGreaterThan(190);
  }

  @Test
  void refusesWhatIsNoRange() {
    assertThatThrownBy(() -> AmountRange.ofCpu(amount("2"), amount("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2-1 is no range; write the smaller amount first, and none below 0.");
    assertThatThrownBy(() -> AmountRange.ofCpu(amount("-1"), amount("1")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
