package io.tangram.solver.result;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of each capacity a request consumes as the reference counts it: as {@link
 * ConsumedCapacity}, but steps of a range are whole units, every amount rounded up to one, in 64
 * bits that overflow silently (R131).
 */
final class WholeUnitCapacity {

  private WholeUnitCapacity() {}

  /** Returns what a request consumes, as {@link CapacityRule#amounts}. */
  static Optional<ImmutableMap<QualifiedName, Quantity>> of(
      Device device, Map<QualifiedName, Quantity> requested) {
    if (!device.capacity().keySet().containsAll(requested.keySet())) {
      return Optional.empty();
    }
    ImmutableMap.Builder<QualifiedName, Quantity> consumed = ImmutableMap.builder();
    for (Map.Entry<QualifiedName, DeviceCapacity> each : device.capacity().entrySet()) {
      Optional<Quantity> amount = amount(each.getValue(), requested.get(each.getKey()));
      if (amount.isEmpty()) {
        return Optional.empty();
      }
      consumed.put(each.getKey(), amount.get());
    }
    return Optional.of(consumed.buildOrThrow());
  }

  private static Optional<Quantity> amount(DeviceCapacity capacity, @Nullable Quantity wanted) {
    CapacityPolicy policy = capacity.policy().orElse(null);
    boolean negative = wanted != null && wanted.signum() < 0;
    if (negative || (policy instanceof CapacityPolicy.ValidRange range && isUseless(range))) {
      return Optional.empty();
    }
    Quantity amount =
        wanted != null && policy instanceof CapacityPolicy.ValidRange range
            ? rounded(range, wanted)
            : ConsumedCapacity.amount(capacity, wanted);
    boolean isDefault = policy != null && policy.defaultAmount().filter(amount::equals).isPresent();
    boolean violates =
        policy instanceof CapacityPolicy.ValidRange range
            ? !isDefault && violates(range, amount)
            : ConsumedCapacity.violates(capacity, amount);
    return violates || amount.compareTo(capacity.value()) > 0
        ? Optional.empty()
        : Optional.of(amount);
  }

  /** The reference divides by a step of 0, which nobody wants reproduced (R135). */
  private static boolean isUseless(CapacityPolicy.ValidRange range) {
    return range.step().filter(step -> units(step) == 0).isPresent();
  }

  private static Quantity rounded(CapacityPolicy.ValidRange range, Quantity wanted) {
    if (wanted.compareTo(range.min()) < 0) {
      return range.min();
    }
    if (range.step().isEmpty()) {
      return wanted;
    }
    long step = units(range.step().get());
    long above = units(wanted) - units(range.min());
    long steps = above / step + (above % step == 0 ? 0 : 1);
    return Quantity.of(
        BigDecimal.valueOf(units(range.min()) + step * steps), Quantity.Format.BINARY_SI);
  }

  private static boolean violates(CapacityPolicy.ValidRange range, Quantity amount) {
    return range.max().filter(max -> amount.compareTo(max) > 0).isPresent()
        || range
            .step()
            .filter(step -> (units(amount) - units(range.min())) % units(step) != 0)
            .isPresent();
  }

  private static long units(Quantity amount) {
    return amount.value().setScale(0, RoundingMode.CEILING).toBigInteger().longValue();
  }
}
