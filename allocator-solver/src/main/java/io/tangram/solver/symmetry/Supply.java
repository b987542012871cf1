package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.symmetry.ComponentGroup.Layouts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * What the dedicated devices of a part can supply, by class: groups of interchangeable components
 * with their patterns, and lone devices. Devices whose place matters to some leaf request are kept
 * apart by site; of the others only the number in the whole cluster counts.
 */
public final class Supply {

  /** The site of devices whose place doesn't matter. */
  public static final int ANYWHERE = -1;

  /** How many variables the groups may need. */
  private static final int MAX_PATTERNS_OF_GROUPS = 300_000;

  /**
   * Where devices of a class are.
   *
   * @param site the site, or {@link #ANYWHERE}
   * @param deviceClass the class
   */
  public record Place(int site, DeviceClass deviceClass) {}

  private record GroupKey(Repertoire repertoire, ImmutableList<Integer> sites) {}

  private final CompiledProblem problem;
  private final Map<List<Object>, DeviceClass> classes = new LinkedHashMap<>();
  private final int[] devices;
  private final DeviceClass[] classOf;
  private final BitSet placedLeaves;
  private final boolean kindsApart;
  private final Map<GroupKey, ComponentGroup> groups = new LinkedHashMap<>();
  private final Map<Blueprint, Arrangement> arrangements = new HashMap<>();
  private final Map<ComponentClass, Optional<Layouts>> layouts = new HashMap<>();
  private final Map<Place, IntList> lone = new LinkedHashMap<>();
  private final Map<Integer, Position> positions = new HashMap<>();
  private final NodeKinds kinds;
  private long patternsOfGroups;

  /**
   * Starts a supply.
   *
   * @param devices the devices, ascending
   * @param classOf the class of each, in the same order
   * @param placedLeaves the numbers of the leaf requests to which the place of a device matters
   * @param kindsApart whether devices on nodes of different kinds are of different classes
   * @param kinds which nodes are one place
   */
  private Supply(
      CompiledProblem problem,
      int[] devices,
      DeviceClass[] classOf,
      BitSet placedLeaves,
      boolean kindsApart,
      NodeKinds kinds) {
    this.problem = problem;
    this.devices = devices;
    this.classOf = classOf;
    this.placedLeaves = placedLeaves;
    this.kindsApart = kindsApart;
    this.kinds = kinds;
  }

  /**
   * Sorts a part's dedicated devices.
   *
   * @param problem the problem
   * @param candidates which leaf requests admit the devices
   * @param part the part
   * @param ties the attributes that tell devices apart
   * @param measures shares and sizes, as far as objectives read them
   * @param placedLeaves the numbers of the leaf requests to which the place of a device matters
   * @param deadline when to give up
   * @return the supply, or nothing if some component has too many patterns, also for the time
   */
  public static Optional<Supply> of(
      CompiledProblem problem,
      Candidates candidates,
      Part part,
      TiedTraits ties,
      ReadMeasures measures,
      BitSet placedLeaves,
      Deadline deadline) {
    return of(problem, candidates, part, ties, measures, placedLeaves, Optional.empty(), deadline);
  }

  /** The same with nodes of one kind taken as one place, and devices of different kinds apart. */
  public static Optional<Supply> of(
      CompiledProblem problem,
      Candidates candidates,
      Part part,
      TiedTraits ties,
      ReadMeasures measures,
      BitSet placedLeaves,
      Optional<NodeKinds> apart,
      Deadline deadline) {
    List<Integer> all = new ArrayList<>(part.dedicated());
    all.addAll(part.bystanders());
    Collections.sort(all);
    Supply supply =
        new Supply(
            problem,
            Ints.toArray(all),
            new DeviceClass[all.size()],
            placedLeaves,
            apart.isPresent(),
            apart.orElseGet(() -> NodeKinds.each(problem.nodes())));
    supply.classify(part.dedicated(), candidates::admittedBy, ties, measures);
    supply.classify(part.bystanders(), device -> new BitSet(), TiedTraits.none(), measures);
    return supply.sortIntoComponents(all, measures.expectation(), deadline)
        ? Optional.of(supply)
        : Optional.empty();
  }

  private void classify(
      List<Integer> some, IntFunction<BitSet> admittedBy, TiedTraits ties, ReadMeasures measures) {
    int next = 0;
    for (int device : some) {
      // Most follow each other, so that looking for them is rarely needed.
      int index = next < devices.length && devices[next] == device ? next : indexOf(device);
      classOf[index] = classOf(device, admittedBy.apply(device), ties, measures);
      next = index + 1;
    }
  }

  private DeviceClass classOf(
      int device, BitSet admittedBy, TiedTraits ties, ReadMeasures measures) {
    ImmutableList<Integer> codes =
        ties.size() == 0 ? ImmutableList.of() : ties.codes(problem, device);
    long share = measures.share(device);
    long size = measures.size(device);
    BitSet suits = measures.expectation().suits(device);
    boolean lone = problem.devices().sets(device).length == 0;
    long loss = lone ? measures.expectation().worth(suits) : 0;
    int kind = kindsApart ? kinds.of(nodeOf(device)) : 0;
    List<Object> traits = List.of(admittedBy, share, size, suits, loss, codes, kind);
    DeviceClass known = classes.get(traits);
    if (known == null) {
      known = new DeviceClass(classes.size(), admittedBy, share, size, suits, loss, codes);
      classes.put(traits, known);
    }
    return known;
  }

  private int indexOf(int device) {
    return Arrays.binarySearch(devices, device);
  }

  private DeviceClass classOf(int device) {
    int index = indexOf(device);
    if (index < 0) {
      throw new IllegalStateException("Device " + device + " is not of this part.");
    }
    return classOf[index];
  }

  /** Where a device of the class is, as far as that matters. */
  private int siteOf(int device, DeviceClass deviceClass) {
    return deviceClass.admittedBy().intersects(placedLeaves)
        ? merged(problem.devices().site(device))
        : ANYWHERE;
  }

  /** The first site with devices for the same places: another one only where that is one node. */
  private int merged(int site) {
    return site < problem.nodes() && site != ANYWHERE ? kinds.of(site) : site;
  }

  /** Returns whether the patterns of all components were found. */
  private boolean sortIntoComponents(
      List<Integer> all, Expectation expectation, Deadline deadline) {
    for (int device : all) {
      if (problem.devices().sets(device).length == 0) {
        lone.computeIfAbsent(placeOf(device), place -> new IntList()).add(device);
      }
    }
    return Components.of(problem.devices(), all).stream()
        .allMatch(
            component -> !deadline.hasPassed() && addComponent(component, expectation, deadline));
  }

  private boolean addComponent(int[] devices, Expectation expectation, Deadline deadline) {
    List<Place> where = new ArrayList<>();
    for (int device : devices) {
      where.add(placeOf(device));
    }
    List<Integer> sites = sites(where);
    Optional<ImmutableList<BitSet>> together = Compatibility.few(problem, Ints.asList(devices));
    if (together.isEmpty()) {
      return false;
    }
    Arrangement arrangement =
        arrangements.computeIfAbsent(
            Blueprint.of(problem, devices, where, sites, together.get()),
            fresh -> Arrangement.of(problem, devices, where, sites, together.get()));
    Optional<Layouts> found =
        layouts.computeIfAbsent(arrangement.kind(), kind -> layouts(kind, expectation, deadline));
    if (found.isEmpty()) {
      return false;
    }
    Repertoire repertoire = found.get().repertoire();
    ComponentGroup group =
        groups.computeIfAbsent(
            new GroupKey(repertoire, ImmutableList.copyOf(sites)),
            key ->
                new ComponentGroup(
                    repertoire,
                    places(repertoire, sites),
                    found.get().bySupply().values().asList()));
    if (group.size() == 0) {
      patternsOfGroups += group.patterns().size();
    }
    group.add(
        found.get(),
        ImmutableIntArray.copyOf(arrangement.order().stream().map(index -> devices[index])));
    return patternsOfGroups <= MAX_PATTERNS_OF_GROUPS;
  }

  private Optional<Layouts> layouts(
      ComponentClass kind, Expectation expectation, Deadline deadline) {
    Optional<List<Pattern>> patterns =
        expectation.isEmpty()
            ? PatternSearch.of(kind, deadline)
            : PatternSearch.valued(kind, layoutLoss(kind, expectation), deadline);
    return patterns.map(found -> Layouts.of(kind, found));
  }

  private LayoutLoss layoutLoss(ComponentClass kind, Expectation expectation) {
    List<DeviceClass> byNumber = List.copyOf(classes.values());
    return new LayoutLoss(kind, byNumber, expectation);
  }

  private static List<Integer> sites(List<Place> places) {
    Set<Integer> sites = new TreeSet<>();
    for (Place place : places) {
      if (place.site() != ANYWHERE) {
        sites.add(place.site());
      }
    }
    return List.copyOf(sites);
  }

  private ImmutableList<Place> places(Repertoire repertoire, List<Integer> sites) {
    List<DeviceClass> byNumber = List.copyOf(classes.values());
    return repertoire.cells().stream()
        .map(
            cell ->
                new Place(
                    cell.slot() == ComponentClass.Cell.ANYWHERE ? ANYWHERE : sites.get(cell.slot()),
                    byNumber.get(cell.deviceClass())))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the same devices with nodes of one kind taken as one place. */
  public Supply byNodeKinds(NodeKinds fewer) {
    Supply merged = new Supply(problem, devices, classOf, placedLeaves, kindsApart, fewer);
    merged.classes.putAll(classes);
    lone.forEach(
        (place, devices) -> {
          Place there = new Place(merged.merged(place.site()), place.deviceClass());
          IntList all = merged.lone.computeIfAbsent(there, fresh -> new IntList());
          devices.asList().forEach(all::add);
        });
    groups.forEach(
        (key, group) -> {
          List<Integer> sites = key.sites().stream().map(merged::merged).toList();
          merged
              .groups
              .computeIfAbsent(
                  new GroupKey(key.repertoire(), ImmutableList.copyOf(sites)),
                  fresh ->
                      new ComponentGroup(
                          key.repertoire(),
                          merged.places(key.repertoire(), sites),
                          group.patterns()))
              .addAll(group);
        });
    return merged;
  }

  /** The node that sees a device, or the first of them. */
  int nodeOf(int device) {
    return problem.devices().nodesOf(problem.devices().site(device))[0];
  }

  /** Which nodes are one place. */
  public NodeKinds kinds() {
    return kinds;
  }

  /** The classes of devices, by number. */
  public List<DeviceClass> classes() {
    return List.copyOf(classes.values());
  }

  /**
   * Where a device is among interchangeable ones.
   *
   * @param group the group of its component
   * @param component the number of the component in the group
   * @param cell the number of its place in the group
   */
  public record Position(ComponentGroup group, int component, int cell) {}

  /** Whether the device is one of these. */
  public boolean knows(int device) {
    return indexOf(device) >= 0;
  }

  /** The place of a device. */
  public Place placeOf(int device) {
    DeviceClass deviceClass = classOf(device);
    return new Place(siteOf(device, deviceClass), deviceClass);
  }

  /** Where a device is among interchangeable ones; nothing for a lone one. */
  public Optional<Position> positionOf(int device) {
    return Optional.ofNullable(positions().get(device));
  }

  private Map<Integer, Position> positions() {
    if (positions.isEmpty()) {
      for (ComponentGroup group : groups.values()) {
        for (int number = 0; number < group.size(); number++) {
          int component = number;
          group.forEachDevice(
              component,
              (device, cell) -> positions.put(device, new Position(group, component, cell)));
        }
      }
    }
    return positions;
  }

  /** The groups of interchangeable components. */
  public Collection<ComponentGroup> groups() {
    return groups.values();
  }

  /** The devices that draw on nothing, by place. */
  public Map<Place, IntList> lone() {
    return lone;
  }

  /**
   * How many kinds of components there are by what they can supply, lone devices of one class
   * counting as one.
   */
  public int componentClasses() {
    return (int) groups.keySet().stream().map(GroupKey::repertoire).distinct().count()
        + (int) lone.keySet().stream().map(Place::deviceClass).distinct().count();
  }

  /** How many devices each place can supply at most, every component taken for itself. */
  public Map<Place, Integer> most() {
    Map<Place, Integer> most = new LinkedHashMap<>();
    lone.forEach((place, devices) -> most.merge(place, devices.size(), Integer::sum));
    for (ComponentGroup group : groups.values()) {
      for (int cell = 0; cell < group.places().size(); cell++) {
        int at = cell;
        int best = group.patterns().stream().mapToInt(p -> p.supply().get(at)).max().orElse(0);
        most.merge(group.places().get(cell), best * group.size(), Integer::sum);
      }
    }
    return most;
  }

  /** Whether the leaf request admits devices of the place. */
  public static boolean admits(Leaf leaf, Place place) {
    return place.deviceClass().isFor(leaf);
  }
}
