package io.tangram.solver.model;

import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.symmetry.DeviceClass;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Units of a demand that are to be served by one option, and the devices counted for them. */
final class Serving {

  private final Demand demand;
  private final List<Hand> hands;
  private final boolean dependsOnNode;
  private long units;

  /**
   * What one alternative takes for all units together.
   *
   * @param pick the alternative
   * @param count devices for each unit
   * @param left how many devices of each class are still to be taken
   */
  record Hand(Ways.Pick pick, long count, Map<Integer, Long> left) {

    /** How many devices of a class are still to be taken. */
    long left(int deviceClass) {
      return left.getOrDefault(deviceClass, 0L);
    }

    /** Changes how many devices of a class are still to be taken. */
    void add(int deviceClass, long devices) {
      left.merge(deviceClass, devices, Long::sum);
    }

    /** Leaves a device of a class to another. */
    void give(DeviceClass deviceClass, Hand to) {
      add(deviceClass.index(), -1);
      to.add(deviceClass.index(), 1);
    }
  }

  Serving(Demand demand, List<Hand> hands, long units) {
    this.demand = demand;
    this.hands = hands;
    this.dependsOnNode = demand.type().dependsOnNode();
    this.units = units;
  }

  Demand demand() {
    return demand;
  }

  List<Hand> hands() {
    return hands;
  }

  /** How many of the units have no place yet. */
  long unplaced() {
    return units;
  }

  /** Notes that one more unit has a place. */
  void placeOne() {
    units--;
  }

  /** Notes that one more unit has no place. */
  void takeBackOne() {
    units++;
  }

  /** Whether a node needs devices for just the requests that get some here (R216). */
  boolean asksOn(int node) {
    if (!dependsOnNode) {
      return true;
    }
    List<ClaimShape> claims = demand.type().claims();
    for (int claim = 0; claim < claims.size(); claim++) {
      List<ClaimShape.Line> lines = claims.get(claim).requests();
      for (int request = 0; request < lines.size(); request++) {
        if (lines.get(request).asksOn(node) != isServed(claim, request)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isServed(int claim, int request) {
    return hands.stream()
        .anyMatch(hand -> hand.pick().claim() == claim && hand.pick().request() == request);
  }

  /** How many devices a unit takes. */
  long devices() {
    return hands.stream().mapToLong(Hand::count).sum();
  }

  /** The classes of which devices are still to be taken. */
  Set<Integer> wanted() {
    Set<Integer> wanted = new LinkedHashSet<>();
    for (Hand hand : hands) {
      for (Map.Entry<Integer, Long> each : hand.left().entrySet()) {
        if (each.getValue() > 0) {
          wanted.add(each.getKey());
        }
      }
    }
    return wanted;
  }

  /** The constraints that cover an alternative. */
  List<ClaimShape.Tie> constraintsOn(Hand hand) {
    return demand.type().claims().get(hand.pick().claim()).constraints().stream()
        .filter(tie -> tie.covers(hand.pick().request(), hand.pick().alternative()))
        .toList();
  }
}
