package io.tangram.solver.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.Cancellation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  @Test
  void comesAtTheEndOfItsTime() {
    Deadline soon = Deadline.after(Duration.ZERO, Cancellation.never());
    Deadline late = Deadline.after(Duration.ofHours(1), Cancellation.never());

    assertThat(soon.hasPassed()).isTrue();
    assertThat(soon.remaining()).isZero();
    assertThat(late.hasPassed()).isFalse();
    assertThat(late.remaining()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
  }

  @Test
  void comesWithTheCancellation() {
    Cancellation cancellation = Cancellation.create();
    Deadline deadline = Deadline.after(Duration.ofHours(1), cancellation);

    cancellation.cancel();

    assertThat(deadline.hasPassed()).isTrue();
    assertThat(deadline.remaining()).isZero();
  }

  @Test
  void takesATimeLongerThanAnyClock() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), Cancellation.never());

    assertThat(deadline.hasPassed()).isFalse();
    assertThat(Deadline.never().hasPassed()).isFalse();
  }

  @Test
  void givesAPartOfItsTime() {
    Cancellation cancellation = Cancellation.create();
    Deadline half = Deadline.after(Duration.ofHours(1), cancellation).share(0.5);

    assertThat(half.remaining()).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
    assertThat(half.cancellation()).isSameAs(cancellation);
  }

  @Test
  void refusesToGiveMoreThanAll() {
    Deadline deadline = Deadline.never();

    assertThatThrownBy(() -> deadline.share(1.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> deadline.share(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
