package io.tangram.api.device;

import java.util.Optional;

/**
 * A condition on devices, such as a CEL expression. Implementations are immutable, thread-safe and
 * deterministic: equal devices of one driver get equal outcomes. Two selectors that are {@code
 * equals} are evaluated once.
 */
public interface DeviceSelector {

  /** The condition as text. */
  String expression();

  /** The condition as a message shows it: on one line, cut where it is long. */
  default String shown() {
    return ExpressionText.shown(expression());
  }

  /** Why the selector can be evaluated on no device at all, if so: it does not compile (R54). */
  Optional<String> defect();

  /** What the condition looks at. */
  SelectorReads reads();

  /**
   * Evaluates the condition.
   *
   * @param driver the driver of the device's pool
   * @param device the device
   * @return the outcome; a failure (R55) is a value, never an exception
   */
  Outcome evaluate(String driver, Device device);

  /** What a selector says of a device. */
  sealed interface Outcome {

    /** The device is wanted. */
    Outcome MATCH = new Match();

    /** The device is not wanted. */
    Outcome NO_MATCH = new NoMatch();

    /** The device is wanted. */
    record Match() implements Outcome {}

    /** The device is not wanted. */
    record NoMatch() implements Outcome {}

    /**
     * The condition could not be evaluated on this device (R55).
     *
     * @param message why
     */
    record Failure(String message) implements Outcome {}
  }
}
