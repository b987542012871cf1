package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.check.Packing.Item;
import io.tangram.api.device.CounterConsumption;
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
   * @param groups under which compatibility groups, by counter set
   * @param gives to how many of each expected request
   */
  private record Offer(
      ImmutableList<BigDecimal> draws,
      ImmutableMap<String, ImmutableSet<String>> groups,
      ImmutableList<Long> gives) {

    /** Whether the device can be given under this group of the set. */
    boolean allows(String set, String group) {
      return !groups.containsKey(set) || groups.get(set).contains(group);
    }
  }

  /**
   * All that the supply of a component depends on.
   *
   * @param left what is left of its counters
   * @param common the groups that devices in use have in common, by counter set
   * @param offers what its devices can give
   */
  private record Situation(
      ImmutableList<BigDecimal> left,
      ImmutableMap<String, ImmutableSet<String>> common,
      ImmutableList<Offer> offers) {}

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
    ImmutableMap.Builder<String, ImmutableSet<String>> common = ImmutableMap.builder();
    for (String set : component.counterSets()) {
      ledger.groups().common(set).ifPresent(groups -> common.put(set, groups));
    }
    return new Situation(
        component.counters().stream().map(ledger::left).collect(ImmutableList.toImmutableList()),
        common.buildOrThrow(),
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
        new Offer(
            hasPaid ? nothing(source.draws()) : source.draws(),
            hasPaid ? ImmutableMap.of() : groups(device),
            gives.build()));
  }

  private static ImmutableMap<String, ImmutableSet<String>> groups(Device device) {
    return device.consumesCounters().stream()
        .collect(
            ImmutableMap.toImmutableMap(
                CounterConsumption::counterSet, GroupLedger::groups, (one, other) -> other));
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
    List<Offer> offers =
        situation.offers().stream()
            .filter(offer -> offer.gives().get(request) > 0)
            .filter(offer -> isCompatible(offer, situation.common()))
            .toList();
    return supply(situation, offers, request);
  }

  private static boolean isCompatible(
      Offer offer, ImmutableMap<String, ImmutableSet<String>> common) {
    return offer.groups().keySet().stream()
        .allMatch(
            set ->
                !common.containsKey(set)
                    || common.get(set).stream().anyMatch(group -> offer.allows(set, group)));
  }

  /**
   * Returns the supply of offers that may exclude each other: on a counter set where they have no
   * group in common, one group after the other is settled on.
   */
  private static long supply(Situation situation, List<Offer> offers, int request) {
    for (String set : contested(offers)) {
      ImmutableSet<String> groups = groups(set, offers, situation.common());
      if (groups.stream().noneMatch(group -> offers.stream().allMatch(o -> o.allows(set, group)))) {
        return groups.stream()
            .mapToLong(
                group ->
                    supply(
                        situation,
                        offers.stream().filter(offer -> offer.allows(set, group)).toList(),
                        request))
            .max()
            .orElse(0);
      }
    }
    return supplyTogether(situation.left(), offers, request);
  }

  /** Returns the counter sets for which offers list different groups. */
  private static ImmutableSet<String> contested(List<Offer> offers) {
    Map<String, ImmutableSet<String>> first = new HashMap<>();
    ImmutableSet.Builder<String> contested = ImmutableSet.builder();
    for (Offer offer : offers) {
      offer
          .groups()
          .forEach(
              (set, groups) -> {
                ImmutableSet<String> before = first.putIfAbsent(set, groups);
                if (before != null && !before.equals(groups)) {
                  contested.add(set);
                }
              });
    }
    return contested.build();
  }

  /** Returns the groups that can be settled on: some offer lists them, and all devices in use. */
  private static ImmutableSet<String> groups(
      String set, List<Offer> offers, ImmutableMap<String, ImmutableSet<String>> common) {
    return offers.stream()
        .flatMap(offer -> offer.groups().getOrDefault(set, ImmutableSet.of()).stream())
        .filter(group -> !common.containsKey(set) || common.get(set).contains(group))
        .collect(ImmutableSet.toImmutableSet());
  }

  private static long supplyTogether(
      ImmutableList<BigDecimal> left, List<Offer> offers, int request) {
    long supply = 0;
    List<Item> items = new ArrayList<>();
    for (Offer offer : offers) {
      long gives = offer.gives().get(request);
      if (offer.draws().stream().anyMatch(draw -> draw.signum() > 0)) {
        items.add(new Item(offer.draws(), gives));
      } else {
        supply += gives;
      }
    }
    return items.isEmpty() ? supply : supply + Packing.mostGained(left, items);
  }
}
