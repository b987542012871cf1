package io.tangram.k8s.cel;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A selector by a CEL expression. It compiles when it is first asked anything, and is evaluated
 * once for devices that agree in what it reads. Thread-safe. Selectors of the same text are equal.
 */
final class CelSelector implements DeviceSelector {

  /** How many outcomes are kept; then they are forgotten. */
  private static final int MAX_KEPT = 1 << 16;

  private final String expression;
  private final Supplier<CompiledSelector> compiled;
  private final Map<List<@Nullable Object>, Outcome> outcomes = new ConcurrentHashMap<>();

  CelSelector(String expression) {
    this.expression = expression;
    this.compiled = Suppliers.memoize(() -> SelectorCompiler.get().compile(expression));
  }

  @Override
  public String expression() {
    return expression;
  }

  @Override
  public Optional<String> defect() {
    return compiled.get() instanceof CompiledSelector.Defective defective
        ? Optional.of(defective.message())
        : Optional.empty();
  }

  @Override
  public SelectorReads reads() {
    return compiled.get() instanceof CompiledSelector.Evaluable evaluable
        ? evaluable.reads()
        : SelectorReads.NOTHING;
  }

  @Override
  public Outcome evaluate(String driver, Device device) {
    if (!(compiled.get() instanceof CompiledSelector.Evaluable evaluable)) {
      return new Outcome.Failure(defect().orElse("the expression does not compile"));
    }
    Optional<String> unreadable = DeviceValues.unreadable(device);
    if (unreadable.isPresent()) {
      return new Outcome.Failure(unreadable.get());
    }
    List<@Nullable Object> view = view(evaluable.reads(), driver, device);
    Outcome known = outcomes.get(view);
    if (known != null) {
      return known;
    }
    Outcome outcome = evaluable.evaluate(driver, device);
    if (outcomes.size() >= MAX_KEPT) {
      outcomes.clear();
    }
    outcomes.put(view, outcome);
    return outcome;
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
    DeviceCapacity literal = device.capacity().get(name);
    DeviceCapacity found =
        literal != null || !name.domain().equals(driver)
            ? literal
            : device.capacity().get(QualifiedName.of("", name.id()));
    return found == null ? null : found.value().value();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CelSelector selector && expression.equals(selector.expression);
  }

  @Override
  public int hashCode() {
    return expression.hashCode();
  }

  @Override
  public String toString() {
    return expression;
  }
}
