package io.tangram.k8s.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MigProfile;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadMixTest {

  private static final int DRAWS = 100_000;

  private final HardwareCatalog hardware = HardwareCatalog.standard();

  @Test
  void isOfTheSixPlainProfilesFromSmallToLarge() {
    assertThat(WorkloadMix.profiles(hardware.model("H200-141GB")))
        .extracting(MigProfile::name)
        .containsExactly("1g.18gb", "1g.35gb", "2g.35gb", "3g.71gb", "4g.71gb", "7g.141gb");
  }

  @Test
  void needsABoardOfSevenComputeSlices() {
    assertThatThrownBy(() -> WorkloadMix.profiles(hardware.model("A30-24GB")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Mixes are of the six plain profiles of a board of seven compute slices; GPU model"
                + " A30-24GB has [1g.6gb, 2g.12gb, 4g.24gb].");
  }

  @ParameterizedTest
  @CsvSource({
    "UNIFORM, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667",
    "SMALL, 0.30, 0.25, 0.20, 0.10, 0.10, 0.05",
    "BIG, 0.05, 0.10, 0.10, 0.20, 0.25, 0.30",
    "ENDS, 0.30, 0.10, 0.10, 0.10, 0.10, 0.30",
    "SERVED, 0.30, 0.20, 0.20, 0.15, 0.10, 0.05"
  })
  void drawsEachProfileAsOftenAsTheMixSays(
      WorkloadMix mix, double p0, double p1, double p2, double p3, double p4, double p5) {
    ImmutableList<MigProfile> profiles = WorkloadMix.profiles(hardware.model("H100-80GB"));
    double[] parts = {p0, p1, p2, p3, p4, p5};
    Random random = new Random(1);

    Map<MigProfile, Long> drawn =
        IntStream.range(0, DRAWS)
            .mapToObj(i -> mix.draw(profiles, random))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    for (int i = 0; i < parts.length; i++) {
      assertThat(drawn.get(profiles.get(i)) / (double) DRAWS).isCloseTo(parts[i], within(0.01));
    }
  }
}
