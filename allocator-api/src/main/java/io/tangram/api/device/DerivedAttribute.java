package io.tangram.api.device;

import java.util.Optional;

/**
 * An attribute that a request computes of a device, such as by a CEL expression: constraints can
 * then compare what drivers publish under different names or in different forms (R234).
 * Implementations are immutable, thread-safe and deterministic: equal devices of one driver get
 * equal values. Two that are {@code equals} are evaluated once.
 *
 * <p>Whether kube-scheduler evaluates them as soon as a device has passed the selectors, as here,
 * or only once a constraint asks for the value, is not verified: which devices a first fit looks at
 * before one fails may differ.
 */
public interface DerivedAttribute {

  /** The computation as text. */
  String expression();

  /** The computation as a message shows it: on one line, cut where it is long. */
  default String shown() {
    return ExpressionText.shown(expression());
  }

  /** Why there is a value for no device at all, if so: the expression does not compile. */
  Optional<String> defect();

  /** What the computation looks at. */
  SelectorReads reads();

  /**
   * Computes the value.
   *
   * @param driver the driver of the device's pool
   * @param device a device that class and selectors of the request admit
   * @return the outcome; a failure is a value, never an exception
   */
  Outcome evaluate(String driver, Device device);

  /** What came of a computation. */
  sealed interface Outcome {

    /**
     * The attribute has a value. An empty list is like no attribute: no constraint accepts it.
     *
     * @param value the value
     */
    record Value(AttributeValue value) implements Outcome {}

    /**
     * There is no value for this device.
     *
     * @param message why
     */
    record Failure(String message) implements Outcome {}
  }
}
