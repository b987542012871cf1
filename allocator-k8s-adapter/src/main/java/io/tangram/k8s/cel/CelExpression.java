package io.tangram.k8s.cel;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import io.tangram.k8s.cel.CompiledExpression.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A CEL expression over a device. It compiles when it is first asked anything, and is evaluated
 * once for devices that agree in what it reads. Thread-safe. Expressions of the same text and type
 * are equal.
 *
 * @param <O> what an evaluation means
 */
abstract class CelExpression<O> {

  /** How many outcomes are kept; then they are forgotten. */
  private static final int MAX_KEPT = 1 << 16;

  private final String text;
  private final ResultType result;
  private final Supplier<CompiledExpression> compiled;
  private final Map<List<@Nullable Object>, O> outcomes = new ConcurrentHashMap<>();

  /**
   * Makes an expression.
   *
   * @param result what its value may be
   */
  CelExpression(String text, ResultType result) {
    this.text = text;
    this.result = result;
    this.compiled = Suppliers.memoize(() -> ExpressionCompiler.get().compile(text, result));
  }

  /** Returns what the value means. */
  abstract O meaning(Object value);

  /** Returns what it means that there is no value. */
  abstract O failure(String message);

  /** The expression as it was written. */
  public String expression() {
    return text;
  }

  /** Why it does not compile, if so (R54). */
  public Optional<String> defect() {
    return compiled.get() instanceof CompiledExpression.Defective defective
        ? Optional.of(defective.message())
        : Optional.empty();
  }

  /** What it reads of a device; nothing if it does not compile. */
  public SelectorReads reads() {
    return compiled.get() instanceof CompiledExpression.Evaluable evaluable
        ? evaluable.reads()
        : SelectorReads.NOTHING;
  }

  /** Returns what it means for the device of the driver. */
  public O evaluate(String driver, Device device) {
    if (!(compiled.get() instanceof CompiledExpression.Evaluable evaluable)) {
      return failure(defect().orElse("the expression does not compile"));
    }
    Optional<String> unreadable = DeviceValues.unreadable(device);
    if (unreadable.isPresent()) {
      return failure(unreadable.get());
    }
    List<@Nullable Object> view = view(evaluable.reads(), driver, device);
    O known = outcomes.get(view);
    if (known != null) {
      return known;
    }
    Evaluation evaluation = evaluable.evaluate(driver, device);
    O outcome =
        evaluation instanceof Evaluation.Value value
            ? meaning(value.value())
            : failure(((Evaluation.Failure) evaluation).message());
    if (outcomes.size() >= MAX_KEPT) {
      outcomes.clear();
    }
    outcomes.put(view, outcome);
    return outcome;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CelExpression<?> expression
        && text.equals(expression.text)
        && result == expression.result;
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  /** All that the expression sees of a device; absent values are null. */
  private static List<@Nullable Object> view(SelectorReads reads, String driver, Device device) {
    List<@Nullable Object> view = new ArrayList<>();
    if (reads.everything() || reads.driver()) {
      view.add(driver);
    }
    if (reads.everything() || reads.allowMultipleAllocations()) {
      view.add(device.allowMultipleAllocations());
    }
    if (reads.everything()) {
      view.add(device.attributes());
      view.add(device.capacity());
      return view;
    }
    for (QualifiedName name : reads.attributes()) {
      view.add(device.attribute(driver, name));
    }
    for (QualifiedName name : reads.capacities()) {
      view.add(capacity(driver, device, name));
    }
    return view;
  }

  private static @Nullable Object capacity(String driver, Device device, QualifiedName name) {
    DeviceCapacity found = device.capacity(driver, name);
    return found == null ? null : found.value().value();
  }
}
