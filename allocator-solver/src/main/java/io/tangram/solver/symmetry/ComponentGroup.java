package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Interchangeable components: those that can supply the same in the same places, be they of several
 * {@linkplain ComponentClass classes}. Complete once its {@link Supply} is.
 */
public final class ComponentGroup {

  /**
   * How components of a class are laid out.
   *
   * @param kind the class
   * @param bySupply the patterns, each by what it supplies
   * @param repertoire what all these supply
   */
  record Layouts(
      ComponentClass kind,
      ImmutableMap<ImmutableIntArray, Pattern> bySupply,
      Repertoire repertoire) {

    static Layouts of(ComponentClass kind, List<Pattern> patterns) {
      return new Layouts(
          kind, Maps.uniqueIndex(patterns, Pattern::supply), Repertoire.of(kind, patterns));
    }
  }

  /** A component by its devices, in the order of the items of its class. */
  private record Component(Layouts layouts, ImmutableIntArray devices) {}

  private final Repertoire repertoire;
  private final ImmutableList<Place> places;
  private final ImmutableList<Pattern> patterns;
  private final List<Component> components = new ArrayList<>();

  /** Starts without components; those to come have the repertoire that these patterns have. */
  ComponentGroup(
      Repertoire repertoire, ImmutableList<Place> places, ImmutableList<Pattern> patterns) {
    this.repertoire = repertoire;
    this.places = places;
    this.patterns = patterns;
  }

  void add(Layouts layouts, ImmutableIntArray devices) {
    components.add(new Component(layouts, devices));
  }

  void addAll(ComponentGroup other) {
    components.addAll(other.components);
  }

  /** Where the supply of each cell goes, in the order of the patterns' supply. */
  public ImmutableList<Place> places() {
    return places;
  }

  /** What each component can supply, wherever it is. */
  Repertoire repertoire() {
    return repertoire;
  }

  /** The site of all places that matter; nothing if a component has none or several. */
  public Optional<Integer> onlySite() {
    long slots =
        repertoire.cells().stream()
            .map(ComponentClass.Cell::slot)
            .filter(slot -> slot != ComponentClass.Cell.ANYWHERE)
            .distinct()
            .count();
    return slots == 1
        ? places.stream().map(Place::site).filter(site -> site != Supply.ANYWHERE).findFirst()
        : Optional.empty();
  }

  /**
   * What each component can supply. The layouts are those of one of its classes; {@link #devices}
   * knows the layout of each component.
   */
  public ImmutableList<Pattern> patterns() {
    return patterns;
  }

  /** How many components there are. */
  public int size() {
    return components.size();
  }

  /** A device of a component, of which all are on the same nodes where each node has its own. */
  public int anyDevice(int component) {
    return components.get(component).devices().get(0);
  }

  /** The devices of a component that make a pattern, for each place. */
  public List<IntList> devices(int component, Pattern pattern) {
    List<IntList> byPlace = new ArrayList<>();
    places.forEach(place -> byPlace.add(new IntList()));
    Layouts layouts = components.get(component).layouts();
    ComponentClass kind = layouts.kind();
    ImmutableIntArray layout =
        Objects.requireNonNull(layouts.bySupply().get(pattern.supply())).layout();
    ImmutableIntArray devices = components.get(component).devices();
    int at = 0;
    for (int item = 0; item < kind.items().size(); item++) {
      for (int i = 0; i < layout.get(item); i++) {
        byPlace.get(kind.cellOf(item)).add(devices.get(at + i));
      }
      at += kind.items().get(item).devices;
    }
    return byPlace;
  }

  /** Has an action done with each device of a component and the number of its cell. */
  void forEachDevice(int component, BiConsumer<Integer, Integer> action) {
    ComponentClass kind = components.get(component).layouts().kind();
    ImmutableIntArray devices = components.get(component).devices();
    int at = 0;
    for (int item = 0; item < kind.items().size(); item++) {
      for (int i = 0; i < kind.items().get(item).devices; i++) {
        action.accept(devices.get(at++), kind.cellOf(item));
      }
    }
  }
}
