package io.tangram.solver.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.solver.compile.Unit;

/**
 * A unit with its node and devices.
 *
 * @param unit the unit
 * @param node the number of the node
 * @param choices what each request of each claim gets, as {@code [claim][request]}
 */
public record Placement(Unit unit, int node, ImmutableList<ImmutableList<Choice>> choices) {

  /**
   * What one request gets; no devices if the node itself serves it (R216).
   *
   * @param alternative the place of the chosen alternative in the request
   * @param devices the numbers of the devices, in the order in which the node offers them
   */
  public record Choice(int alternative, ImmutableIntArray devices) {

    /** No devices. */
    public static final Choice NOTHING = new Choice(0, ImmutableIntArray.of());
  }
}
