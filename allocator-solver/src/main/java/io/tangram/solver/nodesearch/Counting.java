package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.solver.compile.ClaimShape.Tie;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Trait;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether wishes can be met together, by counts: all that is wanted, as amounts of <em>goods</em>,
 * against all that the devices can supply, {@link Cell} by cell. Which device meets which wish is
 * left open, so that equal ones multiply nothing.
 *
 * <p>A good is a device of a kind, or a bundle of devices that have to agree in a value; its
 * <em>parts</em> are the kinds of devices in it. What can be wanted is a set of amounts, one for
 * each combination of alternatives. A cell takes off each of them whatever it can supply; devices
 * that draw on nothing supply the rest, or don't.
 */
final class Counting {

  /** Beyond so many combinations nothing is concluded. */
  private static final int MOST_COMBINATIONS = 5_000;

  /**
   * Wishes that have to agree in a value, each to be met in one way only.
   *
   * @param tie in what they have to agree; every device has one value
   * @param wishes the wishes
   */
  record Bundle(Tie tie, ImmutableList<Wish> wishes) {}

  /** The devices of one kind that a unit of a good takes. */
  private record Part(Leaf leaf, int need, ImmutableIntArray available) {}

  private record Good(ImmutableList<Part> parts, boolean agree) {}

  /** How much a wish takes of a good at least, and what that scores at most. */
  private record Way(int count, int score) {

    static Way eitherOf(Way one, Way other) {
      return new Way(Math.min(one.count, other.count), Math.max(one.score, other.score));
    }
  }

  private record AgreedValue(Trait trait, int element) {}

  private final CompiledProblem problem;
  private final DeviceTable devices;
  private final ClusterState state;
  private final SearchRules rules;
  private final AttributeElements elements;
  private final CellSupplies cellSupplies;
  private final Effort effort;
  private final Map<Good, Integer> goods = new LinkedHashMap<>();
  private final List<Integer> takers = new ArrayList<>();

  /** What devices have to agree in where they are for bundles. */
  private final Map<Integer, Set<AgreedValue>> bundleValues = new HashMap<>();

  /** What is wanted of each good beside the wishes in {@link #open}. */
  private final Map<Integer, Integer> fixed = new HashMap<>();

  private final List<Map<Integer, Way>> open = new ArrayList<>();

  /** The best score of all wishes, and of those that are not in {@link #open}. */
  private int bestScore;

  private int fixedScore;

  Counting(
      CompiledProblem problem,
      ClusterState state,
      SearchRules rules,
      AttributeElements elements,
      CellSupplies cellSupplies,
      Effort effort) {
    this.problem = problem;
    this.devices = problem.devices();
    this.state = state;
    this.rules = rules;
    this.elements = elements;
    this.cellSupplies = cellSupplies;
    this.effort = effort;
  }

  /** Adds a wish. */
  void add(Wish wish, Outlook.Kinds kinds) {
    bestScore += wish.mostScore();
    Map<Integer, Way> ways = new LinkedHashMap<>();
    for (Wish.Option option : wish.options()) {
      Part part = new Part(kinds.leaf(option.kind()), 1, kinds.available(option.kind()));
      Way way = new Way(option.count(), option.score());
      ways.merge(good(ImmutableList.of(part), false), way, Way::eitherOf);
    }
    if (ways.size() == 1) {
      ways.forEach((good, way) -> fixed.merge(good, way.count(), Integer::sum));
      fixedScore += wish.mostScore();
    } else {
      open.add(ways);
    }
    ways.keySet().forEach(good -> takers.set(good, takers.get(good) + 1));
  }

  /** Adds wishes that have to agree in a value. */
  void add(Bundle bundle, Outlook.Kinds kinds) {
    List<Part> parts = new ArrayList<>();
    for (Wish wish : bundle.wishes()) {
      Wish.Option only = wish.options().get(0);
      bestScore += only.score();
      fixedScore += only.score();
      ImmutableIntArray available = kinds.available(only.kind());
      parts.add(new Part(kinds.leaf(only.kind()), only.count(), available));
      available.forEach(
          device ->
              bundleValues
                  .computeIfAbsent(device, d -> new HashSet<>())
                  .add(
                      new AgreedValue(
                          bundle.tie().trait(),
                          elements.of(kinds.leaf(only.kind()), device, bundle.tie())[0])));
    }
    int good = good(ImmutableList.copyOf(parts), true);
    fixed.merge(good, 1, Integer::sum);
    takers.set(good, takers.get(good) + 1);
  }

  private int good(ImmutableList<Part> parts, boolean agree) {
    return goods.computeIfAbsent(
        new Good(parts, agree),
        fresh -> {
          takers.add(0);
          return goods.size();
        });
  }

  /**
   * Returns a score that no way to meet all that was added exceeds, the best one if nothing better
   * is known; negative if there is no way.
   *
   * @param enough up to where scores are told apart
   */
  int mostScore(int enough) {
    Market market = new Market();
    Map<ImmutableIntArray, Integer> wanted = market.wanted();
    if (effort.isSpent() || wanted.size() > MOST_COMBINATIONS) {
      return Math.min(enough, bestScore);
    }
    TreeMap<Integer, List<ImmutableIntArray>> byScore = new TreeMap<>(Comparator.reverseOrder());
    wanted.forEach(
        (amounts, score) ->
            byScore.computeIfAbsent(Math.min(enough, score), s -> new ArrayList<>()).add(amounts));
    for (Map.Entry<Integer, List<ImmutableIntArray>> each : byScore.entrySet()) {
      if (market.supplies(each.getValue())) {
        return each.getKey();
      }
    }
    return Outlook.NONE;
  }

  /** Goods and the devices that supply them. */
  private final class Market {
    private final List<Good> all = List.copyOf(goods.keySet());
    private final int[] useful = new int[all.size()];
    private final List<Part> parts = new ArrayList<>();
    private final List<Integer> goodOfPart = new ArrayList<>();

    /** Devices that draw on nothing, by the goods of which each supplies one. */
    private final Map<BitSet, Integer> sources = new LinkedHashMap<>();

    /** What cells supply of all goods, by cell, and how many such cells there are. */
    private final Map<Cell, Integer> cells = new LinkedHashMap<>();

    Market() {
      fixed.forEach((good, count) -> useful[good] += count);
      for (Map<Integer, Way> ways : open) {
        ways.forEach((good, way) -> useful[good] += way.count());
      }
      for (int good = 0; good < all.size(); good++) {
        for (Part part : all.get(good).parts()) {
          parts.add(part);
          goodOfPart.add(good);
        }
      }
      new Sorting(this).sort();
    }

    /**
     * All amounts that may be wanted, without those that are too much for all devices anyway, with
     * the best score of each.
     */
    Map<ImmutableIntArray, Integer> wanted() {
      int[] start = new int[useful.length];
      fixed.forEach((good, count) -> start[good] = count);
      Map<ImmutableIntArray, Integer> wanted = Map.of(ImmutableIntArray.copyOf(start), fixedScore);
      if (open.isEmpty()) {
        return wanted;
      }
      List<BitSet> goodsOf = new ArrayList<>(sources.keySet());
      List<Integer> counts = new ArrayList<>(sources.values());
      cells.forEach(
          (cell, count) -> {
            BitSet some = new BitSet();
            int most = 0;
            for (int[] supply : supplies(cell)) {
              int sum = 0;
              for (int good = 0; good < supply.length; good++) {
                some.set(good, some.get(good) || supply[good] > 0);
                sum += supply[good];
              }
              most = Math.max(most, sum);
            }
            goodsOf.add(some);
            counts.add(most * count);
          });
      int[] sourceCounts = counts.stream().mapToInt(Integer::intValue).toArray();
      for (Map<Integer, Way> ways : open) {
        Map<ImmutableIntArray, Integer> more = new HashMap<>();
        wanted.forEach(
            (before, score) ->
                ways.forEach(
                    (good, way) -> {
                      int[] with = before.toArray();
                      with[good] += way.count();
                      ImmutableIntArray key = ImmutableIntArray.copyOf(with);
                      if (more.containsKey(key)
                          || (effort.spend(with.length)
                              && Transport.covers(with, goodsOf, sourceCounts))) {
                        more.merge(key, score + way.score(), Math::max);
                      }
                    }));
        wanted = more;
        if (wanted.size() > MOST_COMBINATIONS) {
          return wanted;
        }
      }
      return wanted;
    }

    boolean supplies(Collection<ImmutableIntArray> wanted) {
      Amounts missing = Amounts.least();
      wanted.forEach(each -> missing.add(each.toArray()));
      Amounts left = missing;
      for (Map.Entry<Cell, Integer> each : cells.entrySet()) {
        List<int[]> supplies = supplies(each.getKey());
        for (int i = 0; i < each.getValue(); i++) {
          Amounts rest = Amounts.least();
          for (int[] amounts : left.members()) {
            for (int[] supply : supplies) {
              rest.add(Amounts.rest(amounts, supply));
              if (!effort.spend(1 + rest.size())) {
                return true;
              }
            }
          }
          left = rest;
        }
      }
      List<BitSet> goodsOf = List.copyOf(sources.keySet());
      int[] counts = sources.values().stream().mapToInt(Integer::intValue).toArray();
      return effort.isSpent()
          || left.members().stream()
              .anyMatch(amounts -> Transport.covers(amounts, goodsOf, counts));
    }

    private final Map<Cell, List<int[]>> known = new HashMap<>();

    /** What a cell can supply of each good. */
    private List<int[]> supplies(Cell cell) {
      List<int[]> before = known.get(cell);
      if (before != null) {
        return before;
      }
      int[] usefulParts = new int[parts.size()];
      for (int part = 0; part < usefulParts.length; part++) {
        usefulParts[part] = useful[goodOfPart.get(part)] * parts.get(part).need();
      }
      Amounts supplies = Amounts.most();
      for (int[] ofParts : cellSupplies.of(cell, usefulParts, effort)) {
        int[] ofGoods = useful.clone();
        for (int part = 0; part < ofParts.length; part++) {
          int good = goodOfPart.get(part);
          ofGoods[good] = Math.min(ofGoods[good], ofParts[part] / parts.get(part).need());
        }
        supplies.add(ofGoods);
      }
      known.put(cell, supplies.members());
      return supplies.members();
    }
  }

  /** Sorts the devices of a market into sources and cells. */
  private final class Sorting {
    private final Market market;
    private final Map<Integer, BitSet> partsOf = new LinkedHashMap<>();
    private final Map<Integer, Long> drawn = new HashMap<>();

    Sorting(Market market) {
      this.market = market;
      for (int part = 0; part < market.parts.size(); part++) {
        int number = part;
        market
            .parts
            .get(part)
            .available()
            .forEach(device -> partsOf.computeIfAbsent(device, d -> new BitSet()).set(number));
      }
      partsOf
          .keySet()
          .forEach(
              device -> forEachDraw(device, (c, a) -> drawn.merge(c, a, LongMath::saturatedAdd)));
    }

    void sort() {
      for (List<Integer> tied : components()) {
        int first = tied.get(0);
        if (tied.size() == 1 && !devices.isShared(first) && isPlain(first)) {
          BitSet some = new BitSet();
          partsOf(first).stream().forEach(part -> some.set(market.goodOfPart.get(part)));
          market.sources.merge(some, 1, Integer::sum);
        } else {
          market.cells.merge(cell(tied), 1, Integer::sum);
        }
      }
    }

    /** Whether each good that the device is for takes nothing but one device. */
    private boolean isPlain(int device) {
      return partsOf(device).stream()
          .allMatch(
              part -> {
                Good good = market.all.get(market.goodOfPart.get(part));
                return good.parts().size() == 1 && good.parts().get(0).need() == 1;
              });
    }

    /** Devices tied by counters that may run out, or by a value that a bundle has to agree in. */
    private Collection<List<Integer>> components() {
      Map<Object, Integer> firstWith = new HashMap<>();
      Map<Integer, Integer> tiedTo = new HashMap<>();
      for (int device : partsOf.keySet()) {
        tiedTo.put(device, device);
        forEachDraw(
            device,
            (counter, amount) -> {
              if (isScarce(counter)) {
                tie(tiedTo, device, firstWith.computeIfAbsent(counter, c -> device));
              }
            });
        bundleValues
            .getOrDefault(device, Set.of())
            .forEach(value -> tie(tiedTo, device, firstWith.computeIfAbsent(value, v -> device)));
      }
      Map<Integer, List<Integer>> components = new LinkedHashMap<>();
      for (int device : partsOf.keySet()) {
        components.computeIfAbsent(root(tiedTo, device), r -> new ArrayList<>()).add(device);
      }
      return components.values();
    }

    private BitSet partsOf(int device) {
      return partsOf.getOrDefault(device, new BitSet());
    }

    private static void tie(Map<Integer, Integer> tiedTo, int one, int other) {
      tiedTo.put(root(tiedTo, one), root(tiedTo, other));
    }

    private static int root(Map<Integer, Integer> tiedTo, int device) {
      int root = device;
      int next = tiedTo.getOrDefault(root, root);
      while (next != root) {
        root = next;
        next = tiedTo.getOrDefault(root, root);
      }
      return root;
    }

    private boolean isScarce(int counter) {
      return drawn.getOrDefault(counter, 0L) > state.left(counter);
    }

    private interface DrawAction {
      void on(int counter, long amount);
    }

    /** Calls for all that giving the device would draw. */
    private void forEachDraw(int device, DrawAction action) {
      boolean paid = devices.isShared(device) && state.hasShares(device);
      for (int s = 0; s < devices.sets(device).length && !paid && rules.countersCount(); s++) {
        int base = problem.counters().base(devices.sets(device)[s]);
        Draw draw = devices.draws(device)[s];
        for (int i = 0; i < draw.size(); i++) {
          action.on(base + draw.counter(i), draw.amount(i));
        }
      }
    }

    private Cell cell(List<Integer> tied) {
      Map<Integer, Integer> counters = new LinkedHashMap<>();
      List<Long> left = new ArrayList<>();
      ImmutableList.Builder<Cell.Item> items = ImmutableList.builder();
      for (int device : tied) {
        ImmutableIntArray.Builder drawnOn = ImmutableIntArray.builder();
        ImmutableLongArray.Builder draws = ImmutableLongArray.builder();
        forEachDraw(
            device,
            (counter, amount) -> {
              if (isScarce(counter)) {
                drawnOn.add(
                    counters.computeIfAbsent(
                        counter,
                        c -> {
                          left.add(state.left(c));
                          return counters.size();
                        }));
                draws.add(amount);
              }
            });
        items.add(new Cell.Item(drawnOn.build(), draws.build(), supplies(device)));
      }
      return new Cell(items.build(), ImmutableLongArray.copyOf(left));
    }

    private ImmutableList<ImmutableIntArray> supplies(int device) {
      if (devices.isShared(device)) {
        List<Sharing.Taker> takersOf = new ArrayList<>();
        partsOf(device).stream()
            .forEach(
                part ->
                    takersOf.add(
                        new Sharing.Taker(
                            part,
                            market.parts.get(part).leaf(),
                            takers.get(market.goodOfPart.get(part)))));
        return new Sharing(problem, state, rules, effort)
            .supplies(device, takersOf, market.parts.size());
      }
      ImmutableList.Builder<ImmutableIntArray> one = ImmutableList.builder();
      partsOf(device).stream()
          .forEach(
              part -> {
                int[] supply = new int[market.parts.size()];
                supply[part] = 1;
                one.add(ImmutableIntArray.copyOf(supply));
              });
      return one.build();
    }
  }
}
