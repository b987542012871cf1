package io.tangram.api.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.claim.Toleration.Operator;
import io.tangram.api.device.Taint;
import io.tangram.api.device.Taint.Effect;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TolerationTest {

  private static final Taint TAINT =
      new Taint("health", "bad", Effect.NO_EXECUTE, Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "health, EXISTS, '', , true",
    "'', EXISTS, '', , true",
    "other, EXISTS, '', , false",
    "health, EQUAL, bad, , true",
    "health, EQUAL, good, , false",
    "'', EQUAL, bad, , true",
    "'', EQUAL, good, , false",
    "health, EXISTS, '', NO_EXECUTE, true",
    "health, EXISTS, '', NO_SCHEDULE, false",
    "health, UNKNOWN, bad, , false"
  })
  void toleratesByKeyValueAndEffect(
      String key, Operator operator, String value, Effect effect, boolean expected) {
    Toleration toleration =
        new Toleration(key, operator, value, Optional.ofNullable(effect), Optional.empty());

    assertThat(toleration.tolerates(TAINT)).isEqualTo(expected);
  }

  @Test
  void toleratesForATimeAsWellAsForEver() {
    Toleration forNoTime =
        new Toleration("health", Operator.EXISTS, "", Optional.empty(), Optional.of(0L));

    assertThat(forNoTime.tolerates(TAINT)).isTrue();
  }
}
