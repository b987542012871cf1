package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;

/**
 * Units of one type and one priority.
 *
 * @param index its number in the part
 * @param type what each of them asks for
 * @param priority their tier
 * @param units the units in the order of the queue
 */
public record Demand(int index, UnitType type, int priority, ImmutableList<Unit> units) {

  /** How many claims each unit has. */
  public int claims() {
    return type.claims().size();
  }

  /** How many units there are. */
  public int size() {
    return units.size();
  }

  /** Its number: hashing all that it stands for, again at every look-up, would be slow. */
  @Override
  public int hashCode() {
    return index;
  }
}
