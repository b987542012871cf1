package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.check.Packing.Item;
import io.tangram.api.device.Device;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What changes of use take from the supply of expected requests ({@link
 * io.tangram.api.plan.Objective#FRAGMENTATION}). Each component has a supply of its own, since
 * nothing is scarce beyond it, and components that are alike have the same: a large cluster has few
 * kinds of them.
 */
final class SupplyLoss {

  /**
   * A device of a component.
   *
   * @param draws what it draws when it comes into use, of each counter of the component
   * @param taken what each expected request takes of its capacities, absent if it doesn't suit
   */
  private record Source(
      Device device,
      ImmutableList<BigDecimal> draws,
      ImmutableList<Optional<ImmutableMap<QualifiedName, Quantity>>> taken) {}

  /**
   * What a device can give as things are.
   *
   * @param draws what it draws for that, of each counter of the component
   * @param gives to how many of each expected request
   */
  private record Offer(ImmutableList<BigDecimal> draws, ImmutableList<Long> gives) {}

  /**
   * All that the supply of a component depends on.
   *
   * @param left what is left of its counters
   * @param offers what its devices can give
   */
  private record Situation(ImmutableList<BigDecimal> left, ImmutableList<Offer> offers) {}

  private final ExpectedRequests expected;
  private final ClusterIndex cluster;
  private final CheckedState before;
  private final CheckedState after;
  private final Map<Situation, Long> supplies = new HashMap<>();

  /**
   * Prepares to compare two states.
   *
   * @param expected the requests
   */
  SupplyLoss(
      ExpectedRequests expected, ClusterIndex cluster, CheckedState before, CheckedState after) {
    this.expected = expected;
    this.cluster = cluster;
    this.before = before;
    this.after = after;
  }

  /**
   * Returns the supply before less the supply after.
   *
   * @param touched the pools in which the use has changed
   */
  long in(ImmutableSet<PoolId> touched) {
    long loss = 0;
    for (PoolId id : touched) {
      for (var generation : cluster.sight(id).devices().entrySet()) {
        PoolContents pool = generation.getKey();
        for (Component component : Component.of(generation.getValue().values())) {
          ImmutableList<Source> sources = sources(component, id.driver());
          Situation earlier = situation(component, sources, before.pool(id), pool);
          Situation later = situation(component, sources, after.pool(id), pool);
          loss += earlier.equals(later) ? 0 : supply(earlier) - supply(later);
        }
      }
    }
    return loss;
  }

  private ImmutableList<Source> sources(Component component, String driver) {
    return component.devices().stream()
        .map(Published::device)
        .map(device -> new Source(device, component.draws(device), expected.taken(driver, device)))
        .collect(ImmutableList.toImmutableList());
  }

  private Situation situation(
      Component component, ImmutableList<Source> sources, PoolUse uses, PoolContents pool) {
    CounterLedger ledger = uses.ledger(pool);
    return new Situation(
        component.counters().stream().map(ledger::left).collect(ImmutableList.toImmutableList()),
        sources.stream()
            .flatMap(source -> offer(source, uses.find(source.device().name()), ledger).stream())
            .collect(ImmutableList.toImmutableList()));
  }

  private Optional<Offer> offer(Source source, @Nullable DeviceUse use, CounterLedger ledger) {
    Device device = source.device();
    boolean isTaken =
        use != null && (!device.allowMultipleAllocations() || !use.holders().isEmpty());
    boolean isOut = use == null && !device.consumesCounters().isEmpty() && ledger.isClosed();
    if (isTaken || isOut) {
      return Optional.empty();
    }
    ImmutableList.Builder<Long> gives = ImmutableList.builder();
    for (int r = 0; r < expected.worth().size(); r++) {
      boolean counts = expected.worth().get(r) > 0 && source.taken().get(r).isPresent();
      gives.add(counts ? gives(device, source.taken().get(r).get(), use) : 0L);
    }
    boolean hasPaid = use != null; // R113: counters are drawn once
    return Optional.of(
        new Offer(hasPaid ? nothing(source.draws()) : source.draws(), gives.build()));
  }

  private static ImmutableList<BigDecimal> nothing(List<BigDecimal> draws) {
    return ImmutableList.copyOf(Collections.nCopies(draws.size(), BigDecimal.ZERO));
  }

  private static long gives(
      Device device, ImmutableMap<QualifiedName, Quantity> amounts, @Nullable DeviceUse use) {
    if (!device.allowMultipleAllocations()) {
      return 1;
    }
    BigDecimal shares = BigDecimal.valueOf(Long.MAX_VALUE);
    for (var capacity : device.capacity().entrySet()) {
      BigDecimal amount = amounts.getOrDefault(capacity.getKey(), Quantity.ZERO).value();
      BigDecimal consumed = use == null ? BigDecimal.ZERO : use.consumed(capacity.getKey());
      BigDecimal left = capacity.getValue().value().value().subtract(consumed);
      if (amount.compareTo(left) > 0) {
        return 0;
      }
      if (amount.signum() > 0) {
        shares = shares.min(left.divideToIntegralValue(amount));
      }
    }
    return shares.longValueExact();
  }

  private long supply(Situation situation) {
    Long known = supplies.get(situation);
    if (known == null) {
      known = 0L;
      for (int r = 0; r < expected.worth().size(); r++) {
        known += expected.worth().get(r) * supply(situation, r);
      }
      supplies.put(situation, known);
    }
    return known;
  }

  private static long supply(Situation situation, int request) {
    long supply = 0;
    List<Item> items = new ArrayList<>();
    for (Offer offer : situation.offers()) {
      long gives = offer.gives().get(request);
      if (gives > 0 && offer.draws().stream().anyMatch(draw -> draw.signum() > 0)) {
        items.add(new Item(offer.draws(), gives));
      } else {
        supply += gives;
      }
    }
    return items.isEmpty() ? supply : supply + Packing.mostGained(situation.left(), items);
  }
}
