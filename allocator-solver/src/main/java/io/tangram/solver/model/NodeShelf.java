package io.tangram.solver.model;

import io.tangram.solver.compile.IntList;
import io.tangram.solver.symmetry.ComponentGroup;
import io.tangram.solver.symmetry.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The devices of one node while they are dealt: those on the shelf, by class, and the components of
 * which nobody has said yet which devices they supply. Every change can be taken back.
 */
final class NodeShelf {

  /** A component of a group. */
  record Component(ComponentGroup group, int number) {

    /** What it supplies by a pattern, for each place of the group. */
    List<IntList> devices(Pattern pattern) {
      return group.devices(number, pattern);
    }
  }

  private final List<Component> open = new ArrayList<>();
  private final Map<Integer, List<Integer>> devices = new HashMap<>();
  private final List<Runnable> changes = new ArrayList<>();

  /** Adds a component of the node. */
  void add(Component component) {
    open.add(component);
  }

  /** Adds a device to the shelf. */
  void add(int deviceClass, int device) {
    devices.computeIfAbsent(deviceClass, c -> new ArrayList<>()).add(device);
  }

  /** The components of which nothing is said yet. */
  List<Component> open() {
    return open;
  }

  /** The devices of a class on the shelf. */
  List<Integer> of(int deviceClass) {
    return devices.getOrDefault(deviceClass, List.of());
  }

  /** Has a component supply a pattern: puts its devices on the shelf. */
  void layOut(Component component, Pattern pattern) {
    int at = open.indexOf(component);
    open.remove(at);
    List<IntList> supplied = component.devices(pattern);
    for (int cell = 0; cell < supplied.size(); cell++) {
      int deviceClass = component.group().places().get(cell).deviceClass().index();
      supplied.get(cell).asList().forEach(device -> add(deviceClass, device));
    }
    changes.add(
        () -> {
          for (int cell = 0; cell < supplied.size(); cell++) {
            int deviceClass = component.group().places().get(cell).deviceClass().index();
            supplied.get(cell).asList().forEach(of(deviceClass)::remove);
          }
          open.add(at, component);
        });
  }

  /** Takes a device off the shelf. */
  void take(int deviceClass, Integer device) {
    int at = of(deviceClass).indexOf(device);
    of(deviceClass).remove(at);
    changes.add(() -> of(deviceClass).add(at, device));
  }

  /** Makes all changes since the last call of this or of {@link #undo} lasting. */
  void commit() {
    changes.clear();
  }

  /** Takes all changes since the last {@link #commit} back. */
  void undo() {
    for (int i = changes.size() - 1; i >= 0; i--) {
      changes.get(i).run();
    }
    changes.clear();
  }
}
