package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.limit.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

  /**
   * How components of a class are laid out.
   *
   * @param kind the class
   * @param bySupply the patterns, each by what it supplies
   * @param repertoire what all these supply
   */
  private record Layouts(
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

  /** Interchangeable components: those that can supply the same in the same places. */
  public static final class Group {
    private final Repertoire repertoire;
    private final ImmutableList<Place> places;
    private final ImmutableList<Pattern> patterns;
    private final List<Component> components = new ArrayList<>();

    Group(Repertoire repertoire, ImmutableList<Place> places, ImmutableList<Pattern> patterns) {
      this.repertoire = repertoire;
      this.places = places;
      this.patterns = patterns;
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
          ? places.stream().map(Place::site).filter(site -> site != ANYWHERE).findFirst()
          : Optional.empty();
    }

    /** What each component can supply. */
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
  }

  private record GroupKey(Repertoire repertoire, ImmutableList<Integer> sites) {}

  private final CompiledProblem problem;
  private final Map<List<Object>, DeviceClass> classes = new LinkedHashMap<>();
  private final int[] devices;
  private final DeviceClass[] classOf;
  private final BitSet placed;
  private final Map<GroupKey, Group> groups = new LinkedHashMap<>();
  private final Map<Blueprint, Built> builtLike = new HashMap<>();
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
   */
  private Supply(
      CompiledProblem problem,
      int[] devices,
      DeviceClass[] classOf,
      BitSet placed,
      NodeKinds kinds) {
    this.problem = problem;
    this.devices = devices;
    this.classOf = classOf;
    this.placed = placed;
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
      TiedAttributes ties,
      ReadMeasures measures,
      BitSet placedLeaves,
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
            NodeKinds.each(problem.nodes()));
    for (int device : part.dedicated()) {
      supply.classify(device, candidates.admittedBy(device), ties, measures);
    }
    for (int device : part.bystanders()) {
      supply.classify(device, new BitSet(), TiedAttributes.none(), measures);
    }
    return supply.sortIntoComponents(all, measures.expectation(), deadline)
        ? Optional.of(supply)
        : Optional.empty();
  }

  private void classify(int device, BitSet admittedBy, TiedAttributes ties, ReadMeasures measures) {
    ImmutableList<Integer> codes =
        ties.size() == 0 ? ImmutableList.of() : ties.codes(problem.devices(), device);
    long share = measures.share(device);
    long size = measures.size(device);
    BitSet suits = measures.expectation().suits(device);
    boolean lone = problem.devices().sets(device).length == 0;
    long loss = lone ? measures.expectation().worth(suits) : 0;
    classOf[place(device)] =
        classes.computeIfAbsent(
            List.of(admittedBy, share, size, suits, loss, codes),
            key -> new DeviceClass(classes.size(), admittedBy, share, size, suits, loss, codes));
  }

  private int place(int device) {
    return Arrays.binarySearch(devices, device);
  }

  private DeviceClass classOf(int device) {
    int place = place(device);
    if (place < 0) {
      throw new IllegalStateException("Device " + device + " is not of this part.");
    }
    return classOf[place];
  }

  /** Where a device of the class is, as far as that matters. */
  private int siteOf(int device, DeviceClass deviceClass) {
    return deviceClass.admittedBy().intersects(placed)
        ? merged(problem.devices().site(device))
        : ANYWHERE;
  }

  /** The first site with devices for the same places: another one only where that is one node. */
  private int merged(int site) {
    return site < problem.nodes() && site != ANYWHERE ? kinds.of(site) : site;
  }

  /** Returns whether the patterns of all components were found. */
  private boolean sortIntoComponents(
      List<Integer> dedicated, Expectation expectation, Deadline deadline) {
    for (int device : dedicated) {
      if (problem.devices().sets(device).length == 0) {
        lone.computeIfAbsent(placeOf(device), place -> new IntList()).add(device);
      }
    }
    return Components.of(problem.devices(), dedicated).stream()
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
    Built built =
        builtLike.computeIfAbsent(
            Blueprint.of(problem, devices, where, sites, together.get()),
            fresh -> build(devices, where, sites, together.get()));
    ComponentClass kind = built.kind();
    Optional<Layouts> found =
        layouts.computeIfAbsent(kind, fresh -> layouts(fresh, expectation, deadline));
    if (found.isEmpty()) {
      return false;
    }
    Repertoire repertoire = found.get().repertoire();
    Group group =
        groups.computeIfAbsent(
            new GroupKey(repertoire, ImmutableList.copyOf(sites)),
            key ->
                new Group(
                    repertoire,
                    places(repertoire, sites),
                    found.get().bySupply().values().asList()));
    if (group.size() == 0) {
      patternsOfGroups += group.patterns().size();
    }
    group.components.add(
        new Component(
            found.get(), ImmutableIntArray.copyOf(built.order().stream().map(at -> devices[at]))));
    return patternsOfGroups <= MAX_PATTERNS_OF_GROUPS;
  }

  /**
   * What components become that are alike, device by device.
   *
   * @param kind their class
   * @param order the places of the devices in the order of its items
   */
  private record Built(ComponentClass kind, ImmutableIntArray order) {}

  private Built build(
      int[] devices, List<Place> where, List<Integer> sites, List<BitSet> together) {
    ComponentCounters counters = new ComponentCounters(problem, devices);
    List<Entry> entries = new ArrayList<>();
    for (int at = 0; at < devices.length; at++) {
      int site = where.get(at).site();
      ComponentClass.Cell cell =
          new ComponentClass.Cell(
              site == ANYWHERE ? ComponentClass.Cell.ANYWHERE : sites.indexOf(site),
              where.get(at).deviceClass().index());
      entries.add(
          new Entry(
              at,
              new ComponentClass.Item(
                  cell, counters.draws(devices[at]), holding(at, together), 1)));
    }
    entries.sort(Comparator.comparing(Entry::item));
    return new Built(
        new ComponentClass(items(entries), counters.remaining()),
        ImmutableIntArray.copyOf(entries.stream().mapToInt(Entry::at)));
  }

  private Optional<Layouts> layouts(
      ComponentClass kind, Expectation expectation, Deadline deadline) {
    Optional<List<Pattern>> patterns =
        expectation.isEmpty()
            ? PatternSearch.of(kind, deadline)
            : PatternSearch.valued(kind, layoutLoss(kind, expectation), deadline);
    return patterns.map(found -> Layouts.of(kind, found));
  }

  private static BitSet holding(int place, List<BitSet> sets) {
    BitSet holding = new BitSet();
    for (int set = 0; set < sets.size(); set++) {
      holding.set(set, sets.get(set).get(place));
    }
    return holding;
  }

  private LayoutLoss layoutLoss(ComponentClass kind, Expectation expectation) {
    List<DeviceClass> byNumber = List.copyOf(classes.values());
    return new LayoutLoss(kind, byNumber, expectation);
  }

  private record Entry(int at, ComponentClass.Item item) {}

  private static List<Integer> sites(List<Place> places) {
    Set<Integer> sites = new TreeSet<>();
    for (Place place : places) {
      if (place.site() != ANYWHERE) {
        sites.add(place.site());
      }
    }
    return List.copyOf(sites);
  }

  private static ImmutableList<ComponentClass.Item> items(List<Entry> sorted) {
    ImmutableList.Builder<ComponentClass.Item> items = ImmutableList.builder();
    int from = 0;
    for (int to = 1; to <= sorted.size(); to++) {
      ComponentClass.Item first = sorted.get(from).item();
      if (to == sorted.size() || !sorted.get(to).item().isLike(first)) {
        items.add(first.times(to - from));
        from = to;
      }
    }
    return items.build();
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
    Supply merged = new Supply(problem, devices, classOf, placed, fewer);
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
                      new Group(
                          key.repertoire(), merged.places(key.repertoire(), sites), group.patterns))
              .components
              .addAll(group.components);
        });
    return merged;
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
  public record Position(Group group, int component, int cell) {}

  /** Whether the device is one of these. */
  public boolean knows(int device) {
    return place(device) >= 0;
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
      for (Group group : groups.values()) {
        for (int component = 0; component < group.size(); component++) {
          ComponentClass kind = group.components.get(component).layouts().kind();
          ImmutableIntArray devices = group.components.get(component).devices();
          int at = 0;
          for (int item = 0; item < kind.items().size(); item++) {
            int cell = kind.cellOf(item);
            for (int i = 0; i < kind.items().get(item).devices; i++) {
              positions.put(devices.get(at++), new Position(group, component, cell));
            }
          }
        }
      }
    }
    return positions;
  }

  /** The groups of interchangeable components. */
  public Collection<Group> groups() {
    return groups.values();
  }

  /** The devices that draw on nothing, by place. */
  public Map<Place, IntList> lone() {
    return lone;
  }

  /** How many classes of components there are, lone devices of one class counting as one. */
  public int componentClasses() {
    return (int) groups.keySet().stream().map(GroupKey::repertoire).distinct().count()
        + (int) lone.keySet().stream().map(Place::deviceClass).distinct().count();
  }

  /** How many devices each place can supply at most, every component taken for itself. */
  public Map<Place, Integer> most() {
    Map<Place, Integer> most = new LinkedHashMap<>();
    lone.forEach((place, devices) -> most.merge(place, devices.size(), Integer::sum));
    for (Group group : groups.values()) {
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
