package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.List;

/**
 * One of the ways to serve a unit: which alternatives, on which node, with which values of matched
 * attributes.
 *
 * @param way the alternatives
 * @param node the node or {@linkplain io.tangram.solver.symmetry.NodeKinds kind} of nodes, or
 *     {@link Supply#ANYWHERE} for a unit of one device
 * @param legs what each alternative takes, in the order of the way's picks
 * @param resources what each unit takes of resources of its node, by the number of the resource
 * @param most how many units the option can serve at most
 * @param mostEach how many of them on one node, where the node stands for others of its kind
 */
record Option(
    Ways.Way way,
    int node,
    ImmutableList<Leg> legs,
    ImmutableLongArray resources,
    int most,
    int mostEach) {

  /**
   * What one alternative takes.
   *
   * @param count devices for each unit
   * @param places the places from which they may come
   * @param distinct the number of the attribute of which all devices must differ; none where empty
   */
  record Leg(long count, ImmutableList<Place> places, ImmutableList<Integer> distinct) {

    /** The places with the same value, for each distinct attribute and each of its values. */
    List<List<Place>> placesByDistinctValue() {
      return distinct.stream()
          .flatMap(
              attribute ->
                  places.stream()
                      .map(place -> place.deviceClass().ties().get(attribute))
                      .distinct()
                      .map(
                          value ->
                              places.stream()
                                  .filter(p -> p.deviceClass().ties().get(attribute).equals(value))
                                  .toList()))
          .toList();
    }
  }

  /** Whether the unit takes one device, wherever it is. */
  boolean isAnywhere() {
    return node == Supply.ANYWHERE;
  }
}
