package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Components that have the same patterns, laid out alike: devices of equal cells with equal draws
 * on equal remaining counters, of which the same may be in use together. Counters that can't run
 * out are left out, so that states which differ only in them are one. What components of several
 * classes can supply may be the same still, see {@link Repertoire}.
 */
public final class ComponentClass {

  /**
   * What kind of device, seen from where.
   *
   * @param slot the place among the component's sites, {@link #ANYWHERE} if nobody minds
   * @param deviceClass the number of the device class
   */
  public record Cell(int slot, int deviceClass) implements Comparable<Cell> {

    /** The slot of devices of which only the number counts. */
    public static final int ANYWHERE = -1;

    @Override
    public int compareTo(Cell other) {
      return slot != other.slot
          ? Integer.compare(slot, other.slot)
          : Integer.compare(deviceClass, other.deviceClass);
    }
  }

  /** Devices of one cell that draw the same and may be in use beside the same. */
  static final class Item implements Comparable<Item> {
    final Cell cell;
    final long[] draws;
    final int devices;

    /** The numbers of the sets of {@link Compatibility} that hold them. */
    private final BitSet together;

    Item(Cell cell, long[] draws, BitSet together, int devices) {
      this.cell = cell;
      this.draws = draws;
      this.together = together;
      this.devices = devices;
    }

    Item times(int number) {
      return new Item(cell, draws, together, number);
    }

    boolean isLike(Item other) {
      return cell.equals(other.cell)
          && Arrays.equals(draws, other.draws)
          && together.equals(other.together);
    }

    @Override
    public int compareTo(Item other) {
      int byCell = cell.compareTo(other.cell);
      int byDraws = byCell != 0 ? byCell : Arrays.compare(draws, other.draws);
      return byDraws != 0
          ? byDraws
          : Arrays.compare(together.toLongArray(), other.together.toLongArray());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Item item && isLike(item) && devices == item.devices;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * (31 * cell.hashCode() + Arrays.hashCode(draws)) + together.hashCode())
          + devices;
    }
  }

  private final ImmutableList<Item> items;
  private final long[] remaining;
  private final ImmutableList<Cell> cells;
  private final int[] cellOfItem;
  private final ImmutableList<BitSet> together;

  ComponentClass(ImmutableList<Item> items, long[] remaining) {
    this.items = items;
    this.remaining = remaining;
    this.cells =
        items.stream().map(item -> item.cell).distinct().collect(ImmutableList.toImmutableList());
    this.cellOfItem = items.stream().mapToInt(item -> cells.indexOf(item.cell)).toArray();
    int sets = items.stream().mapToInt(item -> item.together.length()).max().orElse(0);
    this.together =
        IntStream.range(0, sets).mapToObj(this::itemsOf).collect(ImmutableList.toImmutableList());
  }

  private BitSet itemsOf(int set) {
    BitSet numbers = new BitSet();
    for (int item = 0; item < items.size(); item++) {
      numbers.set(item, items.get(item).together.get(set));
    }
    return numbers;
  }

  /** The largest sets of items that may be in use together, by their numbers; at least one. */
  ImmutableList<BitSet> together() {
    return together;
  }

  /** The kinds of devices in it. */
  public List<Cell> cells() {
    return cells;
  }

  ImmutableList<Item> items() {
    return items;
  }

  /** What is left of each counter that can run out. */
  long[] remaining() {
    return remaining;
  }

  /** The place of an item's cell in {@link #cells}. */
  int cellOf(int item) {
    return cellOfItem[item];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ComponentClass that
        && items.equals(that.items)
        && Arrays.equals(remaining, that.remaining);
  }

  @Override
  public int hashCode() {
    return 31 * items.hashCode() + Arrays.hashCode(remaining);
  }
}
