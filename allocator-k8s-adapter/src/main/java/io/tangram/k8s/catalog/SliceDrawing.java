package io.tangram.k8s.catalog;

import io.tangram.api.catalog.MigInstance;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Draws partitions over the memory slices of a GPU, to scale: every slice is equally wide, and
 * slices that nobody has stay empty.
 *
 * <pre>
 * 0       1       2       3       4       5       6       7
 * |3g.40gb                        |1g.10gb|       |1g.20gb        |
 * </pre>
 */
final class SliceDrawing {

  private final int slices;
  private final int width;

  /**
   * Prepares a drawing.
   *
   * @param slices how many memory slices there are
   * @param width how many letters a slice takes, the bar before it included; at least 2
   */
  SliceDrawing(int slices, int width) {
    this.slices = slices;
    this.width = width;
  }

  /** Returns a drawing in which the names of all these profiles have room. */
  static SliceDrawing withNames(int slices, Collection<MigProfile> profiles) {
    int width = 3;
    for (MigProfile profile : profiles) {
      int size = profile.memorySlices().orElse(slices);
      width = Math.max(width, (profile.name().length() + size) / size);
    }
    return new SliceDrawing(slices, width);
  }

  /** Returns the numbers of the slices, as far as there is room for them. */
  String axis() {
    char[] line = blank();
    for (int slice = 0; slice < slices; slice++) {
      write(Integer.toString(slice), slice * width, line);
    }
    return new String(line).stripTrailing();
  }

  /** Returns the instances of a layout with their names. */
  String layout(List<MigInstance> instances) {
    char[] line = blank();
    for (MigInstance instance : instances) {
      bar(instance.placement(), line);
      write(instance.profile().name(), instance.placement().start() * width + 1, line);
    }
    return new String(line);
  }

  /** Returns where an instance can lie; on several lines where the places overlap. */
  List<String> places(List<Placement> placements) {
    List<List<Placement>> rows = new ArrayList<>();
    for (Placement placement : placements) {
      rows.stream()
          .filter(row -> row.stream().noneMatch(placement::overlaps))
          .findFirst()
          .orElseGet(
              () -> {
                rows.add(new ArrayList<>());
                return rows.get(rows.size() - 1);
              })
          .add(placement);
    }
    return rows.stream().map(this::row).toList();
  }

  private String row(List<Placement> placements) {
    char[] line = blank();
    for (Placement placement : placements) {
      Arrays.fill(line, placement.start() * width + 1, placement.end() * width, '=');
      bar(placement, line);
    }
    return new String(line).stripTrailing();
  }

  private void bar(Placement placement, char[] line) {
    line[placement.start() * width] = '|';
    line[placement.end() * width] = '|';
  }

  private static void write(String text, int at, char[] line) {
    text.getChars(0, Math.min(text.length(), line.length - at), line, at);
  }

  private char[] blank() {
    char[] line = new char[slices * width + 1];
    Arrays.fill(line, ' ');
    return line;
  }
}
