package io.tangram.solver.compile;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.List;

/** A growing array of ints. Not thread-safe. */
public final class IntList {

  private int[] values = new int[8];
  private int size;

  /** Appends a value. */
  public IntList add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
    return this;
  }

  /** Appends all values of another list. */
  public IntList addAll(IntList more) {
    if (size + more.size > values.length) {
      values = Arrays.copyOf(values, Math.max(size * 2, size + more.size));
    }
    System.arraycopy(more.values, 0, values, size, more.size);
    size += more.size;
    return this;
  }

  /** The value at an index below {@link #size}. */
  public int get(int index) {
    return values[index];
  }

  /** How many values there are. */
  public int size() {
    return size;
  }

  /** Returns the values as an array of their own. */
  public int[] toArray() {
    return Arrays.copyOf(values, size);
  }

  /** Returns the values as a list of their own. */
  public List<Integer> asList() {
    return List.copyOf(Ints.asList(toArray()));
  }
}
