package io.tangram.solver.symmetry;

import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the supply of expected requests loses by a layout of a component class, see {@link
 * io.tangram.api.plan.Objective#FRAGMENTATION}.
 */
final class LayoutLoss {

  private final Expectation expectation;
  private final List<Offer> offers = new ArrayList<>();
  private final boolean[] bystander;
  private final long before;
  private final Map<ImmutableLongArray, Long> known = new HashMap<>();

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
    this.before = expectation.worth(offers, component.remaining());
  }

  /** Whether no pending request admits the devices of an item. */
  boolean isBystander(int item) {
    return bystander[item];
  }

  /**
   * Returns the loss.
   *
   * @param layout how many devices of each item are given
   * @param remaining what that leaves of the counters
   */
  long of(int[] layout, long[] remaining) {
    long[] key = new long[remaining.length + layout.length];
    System.arraycopy(remaining, 0, key, 0, remaining.length);
    List<Offer> left = new ArrayList<>();
    for (int item = 0; item < layout.length; item++) {
      Offer offer = offers.get(item);
      Offer rest = new Offer(offer.devices() - layout[item], offer.draws(), offer.units());
      long fitting = rest.mostThatFit(remaining);
      key[remaining.length + item] = fitting;
      if (fitting > 0) {
        left.add(rest);
      }
    }
    return before
        - known.computeIfAbsent(
            ImmutableLongArray.copyOf(key), state -> expectation.worth(left, remaining));
  }
}
