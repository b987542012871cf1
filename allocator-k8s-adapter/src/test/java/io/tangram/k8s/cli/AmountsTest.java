package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

  private static final List<String> LABELS =
      Arrays.stream(Objective.values()).map(Objective::label).toList();

  private final Amounts amounts = new Amounts(Admission.MOST_CLAIMS);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "admission | 2767 | 2,767 | 2,767 claims",
        "preference | 16 | 16 | 16 points",
        "fit | 33076613 | 33.077 | 33.077 devices",
        "fragmentation | 1000000 | 1.000 | 1.000 devices",
        "packing | 1 | 1 | 1 node",
        "packing | 0 | 0 | 0 nodes",
        "cost | 98320000 | 98.32 | 98.32",
        "cost | 1234000001 | 1,234.000001 | 1,234.000001",
        "spread | 12 | 12 | 12",
        "stability | 1 | 1 | 1 claim",
      })
  void showsWhatPeopleCount(String objective, long value, String number, String withUnit) {
    assertThat(amounts.show(objective, (double) value)).isEqualTo(number);
    assertThat(amounts.showWithUnit(objective, (double) value)).isEqualTo(withUnit);
  }

  @Test
  void showsSharesAsDevices() {
    Amounts shares = new Amounts(Admission.MOST_DEVICE_SHARE);

    assertThat(shares.showWithUnit("admission", 142_857)).isEqualTo("0.143 devices");
  }

  @Test
  void hasRoomForEveryNameInTheTable() {
    assertThat(LABELS).allSatisfy(label -> assertThat(label).hasSizeLessThanOrEqualTo(13));
  }
}
