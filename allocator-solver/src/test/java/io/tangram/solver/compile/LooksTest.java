package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import io.tangram.solver.Fleet;
import io.tangram.solver.limit.Deadline;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LooksTest {

  private static final SelectorReads MODEL =
      new SelectorReads(
          false,
          false,
          false,
          ImmutableSet.of(QualifiedName.of(Fleet.DRIVER, "model")),
          ImmutableSet.of());

  @Test
  void areNumberedInTheOrderOfTheirFirstDevices() {
    DeviceTable devices = devices("a", "b", "a", "c", "b", "d", "a", "c");

    Looks looks = Looks.of(devices, MODEL, 2, Deadline.never());

    assertThat(numbers(looks, devices)).containsExactly(0, 1, 0, 2, 1, 3, 0, 2);
    assertThat(IntStream.range(0, looks.size()).map(looks::example)).containsExactly(0, 1, 3, 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, Integer.MAX_VALUE})
  void numbersDoNotDependOnWorkers(int workers) {
    String[] models =
        IntStream.range(0, 3_000).mapToObj(i -> "model-" + i * i % 997).toArray(String[]::new);
    DeviceTable devices = devices(models);
    Looks alone = Looks.of(devices, MODEL, 1, Deadline.never());

    Looks looks = Looks.of(devices, MODEL, workers, Deadline.never());

    assertThat(numbers(looks, devices)).containsExactly(numbers(alone, devices));
    assertThat(looks.size()).isEqualTo(alone.size());
  }

  @Test
  void devicesLookAlikeThatDifferInWhatNobodyReads() {
    DeviceTable devices = devices("a", "b", "c");

    Looks looks = Looks.of(devices, SelectorReads.NOTHING, 2, Deadline.never());

    assertThat(looks.size()).isEqualTo(1);
  }

  private static int[] numbers(Looks looks, DeviceTable devices) {
    return IntStream.range(0, devices.size()).map(looks::of).toArray();
  }

  private static DeviceTable devices(String... models) {
    Device[] devices =
        IntStream.range(0, models.length)
            .mapToObj(i -> Fleet.device("gpu-" + i, models[i]))
            .toArray(Device[]::new);
    return Given.compiled(Fleet.of("a").addSlices(slice("a", devices)).build()).devices();
  }
}
