package io.tangram.solver.symmetry;

import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the supply of expected requests loses by a layout of a component class, see {@link
 * io.tangram.api.plan.Objective#FRAGMENTATION}.
 */
final class LayoutLoss {

  /**
   * What a layout leaves.
   *
   * @param remaining of each counter
   * @param fitting how many devices of each item still fit
   * @param open the numbers of the sets of items of which one is to hold all that is given
   */
  private record State(ImmutableLongArray remaining, ImmutableLongArray fitting, BitSet open) {}

  private final Expectation expectation;
  private final List<Offer> offers = new ArrayList<>();
  private final boolean[] bystander;
  private final List<BitSet> together;
  private final long before;
  private final Map<State, Long> known = new HashMap<>();

  /**
   * Prepares for a component class.
   *
   * @param component the component class
   * @param classes the classes of devices by number
   * @param expectation what is expected
   */
  LayoutLoss(ComponentClass component, List<DeviceClass> classes, Expectation expectation) {
    this.expectation = expectation;
    this.bystander = new boolean[component.items().size()];
    for (int item = 0; item < bystander.length; item++) {
      ComponentClass.Item devices = component.items().get(item);
      DeviceClass deviceClass = classes.get(devices.cell.deviceClass());
      bystander[item] = deviceClass.admittedBy().isEmpty();
      offers.add(
          new Offer(
              devices.devices,
              ImmutableLongArray.copyOf(devices.draws),
              expectation.units(deviceClass.suits())));
    }
    this.together = component.together();
    this.before = worth(offers, open(new BitSet()), component.remaining());
  }

  /** Whether no pending request admits the devices of an item. */
  boolean isBystander(int item) {
    return bystander[item];
  }

  /** The numbers of the sets that hold these items. */
  private BitSet open(BitSet items) {
    BitSet open = new BitSet();
    for (int set = 0; set < together.size(); set++) {
      open.set(set, Compatibility.holds(together.get(set), items));
    }
    return open;
  }

  private long worth(List<Offer> ofItems, BitSet open, long[] remaining) {
    List<List<Offer>> alternatives =
        open.stream()
            .mapToObj(
                set ->
                    together.get(set).stream()
                        .mapToObj(ofItems::get)
                        .filter(offer -> offer.mostThatFit(remaining) > 0)
                        .toList())
            .toList();
    return expectation.worth(alternatives, remaining);
  }

  /**
   * Returns the loss.
   *
   * @param layout how many devices of each item are given
   * @param remaining what that leaves of the counters
   */
  long of(int[] layout, long[] remaining) {
    long[] fitting = new long[layout.length];
    List<Offer> left = new ArrayList<>();
    BitSet given = new BitSet();
    for (int item = 0; item < layout.length; item++) {
      Offer offer = offers.get(item);
      Offer rest = new Offer(offer.devices() - layout[item], offer.draws(), offer.units());
      fitting[item] = rest.mostThatFit(remaining);
      left.add(rest);
      given.set(item, layout[item] > 0);
    }
    State state =
        new State(
            ImmutableLongArray.copyOf(remaining), ImmutableLongArray.copyOf(fitting), open(given));
    return before - known.computeIfAbsent(state, s -> worth(left, s.open(), remaining));
  }
}
