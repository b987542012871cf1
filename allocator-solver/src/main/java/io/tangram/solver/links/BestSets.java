package io.tangram.solver.links;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.LinkRequirement;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkObjective;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the devices of a node that are joined best. Of the sets that have what is required, and
 * what is preferred if any of these does, it takes that which is
 *
 * <ol>
 *   <li>better by the objective;
 *   <li>of the better rest: by the bandwidth that the requests which are likely to follow can
 *       expect, each of them served in this way;
 *   <li>nearer over PCIe, which is all that tells sets apart where switches join all devices;
 *   <li>of the rest that promises sets nearer over PCIe;
 *   <li>earlier in the order of the graph's devices.
 * </ol>
 *
 * <p>That is exact: no set is better by the first criterion in which two sets differ. Devices that
 * are joined alike to all others, twins, are interchangeable, so that sets that differ only in them
 * count as one.
 *
 * <p>Bandwidths, the best parts of each set, and what can be expected of each rest are tables, made
 * once for a graph: for 16 devices of which no two are twins in about half a second, for 8 or for
 * twins in a few milliseconds. With them an answer takes some microseconds, and up to 1 ms where
 * few of the best sets have what is required.
 *
 * <p>NVIDIA's best-effort policy (go-gpuallocator) goes through all partitions of the free devices
 * into sets of the wanted size, 2,027,025 for pairs of 16, and takes the best set of the best
 * partition. That can be worse than the best set, and prepares for requests of that one size.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <D> what stands for a device in the graph
 */
public final class BestSets<D> {

  private final ImmutableList<D> devices;
  private final ImmutableMap<D, Integer> numbers;
  private final DistinctSets sets;
  private final SetMeasures measures;
  private final SetRanks ranks;
  private final Preference preference;

  private BestSets(
      LinkGraph<D> graph, LinkObjective objective, SizeMix mix, ToLongFunction<Link> rate) {
    devices = graph.devices();
    numbers =
        IntStream.range(0, devices.size())
            .boxed()
            .collect(ImmutableMap.toImmutableMap(devices::get, number -> number));
    PairTable pairs = new PairTable(graph, rate);
    sets = new DistinctSets(pairs);
    measures = new SetMeasures(pairs, sets);
    ranks = new SetRanks(sets, measures, objective);
    preference = new Preference(sets, measures, ranks, objective, mix);
  }

  /**
   * Prepares to choose among the devices of a graph.
   *
   * @param graph how they are joined
   * @param objective what makes one set better than another
   * @param mix the sizes that are likely to be asked for later
   * @throws IllegalArgumentException if there are more than 262,144 sets of which none is like
   *     another, as of 19 devices without twins
   */
  public static <D> BestSets<D> of(LinkGraph<D> graph, LinkObjective objective, SizeMix mix) {
    return new BestSets<>(graph, objective, mix, Link::mbPerSecond);
  }

  /** Prepares to choose by another measure of links than their bandwidth. */
  static <D> BestSets<D> of(
      LinkGraph<D> graph, LinkObjective objective, SizeMix mix, ToLongFunction<Link> rate) {
    return new BestSets<>(graph, objective, mix, rate);
  }

  /**
   * Chooses.
   *
   * @return the set; empty if fewer devices are free, or no set of them has what is required
   * @throws IllegalArgumentException if a free device is not in the graph
   */
  public Optional<ChosenSet<D>> choose(SetRequest<D> request) {
    int free = setOf(countsOf(request.free()));
    if (request.size() > request.free().size()) {
      return Optional.empty();
    }
    Best best = new Best(request, free);
    sets.parts(countsOf(request.holding()), free, request.size(), best::mayBeIn, best);
    return best.set == Best.NONE ? Optional.empty() : Optional.of(chosen(request, best.set));
  }

  /** How many sets are told apart. */
  int distinctSets() {
    return sets.count();
  }

  /** The best part of the free devices among those it was shown. */
  private final class Best implements IntConsumer {

    private static final int NONE = -1;

    private final SetRequest<D> request;
    private final int free;
    private int set = NONE;
    private boolean preferred;

    Best(SetRequest<D> request, int free) {
      this.request = request;
      this.free = free;
    }

    /** Whether a set may have a part that is as good as the best one so far. */
    boolean mayBeIn(int some) {
      return !preferred || ranks.best(some, request.size()) >= ranks.rank(set);
    }

    @Override
    public void accept(int part) {
      if (!has(part, request.required())) {
        return;
      }
      boolean asPreferred = has(part, request.preferred());
      if (set == NONE
          || (asPreferred == preferred ? preference.compare(free, part, set) > 0 : asPreferred)) {
        set = part;
        preferred = asPreferred;
      }
    }
  }

  private boolean has(int set, LinkRequirement requirement) {
    return measures.worst(set) >= requirement.leastMbPerSecond()
        && (!requirement.byNvLinks() || measures.byNvLinks(set));
  }

  private int[] countsOf(Set<D> some) {
    int[] counts = new int[sets.classes()];
    for (D device : some) {
      counts[classOf(device)]++;
    }
    return counts;
  }

  private int classOf(D device) {
    @Nullable Integer number = numbers.get(device);
    if (number == null) {
      throw new IllegalArgumentException(
          "Device " + device + " is not in the graph, which has " + devices + ".");
    }
    return sets.classOf(number);
  }

  private int setOf(int[] counts) {
    int set = 0;
    for (int i = 0; i < counts.length; i++) {
      set += counts[i] * sets.one(i);
    }
    return set;
  }

  /** Names the devices of a set: of twins those that must be in it, then the first free ones. */
  private ChosenSet<D> chosen(SetRequest<D> request, int set) {
    Set<D> taken = new HashSet<>(request.holding());
    int[] counts = sets.digits(set);
    for (D device : request.holding()) {
      counts[classOf(device)]--;
    }
    for (int i = 0; i < counts.length; i++) {
      for (int number : sets.twins(i)) {
        D device = devices.get(number);
        if (counts[i] > 0 && request.free().contains(device) && taken.add(device)) {
          counts[i]--;
        }
      }
    }
    long worst = measures.worst(set);
    return new ChosenSet<>(
        devices.stream().filter(taken::contains).collect(ImmutableSet.toImmutableSet()),
        measures.aggregate(set),
        worst == SetMeasures.NO_PAIR ? OptionalLong.empty() : OptionalLong.of(worst),
        has(set, request.preferred()));
  }
}
