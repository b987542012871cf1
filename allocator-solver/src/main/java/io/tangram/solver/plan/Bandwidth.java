package io.tangram.solver.plan;

import io.tangram.api.claim.Claim;
import io.tangram.api.topology.LinkObjective;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.LinkRates;
import io.tangram.solver.compile.UnitType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What {@link io.tangram.api.plan.Objective#BANDWIDTH} counts: the rates between the devices that
 * claims have for themselves. Thread-safe.
 */
public final class Bandwidth {

  private final CompiledProblem problem;
  private final LinkObjective objective;
  private final ConcurrentMap<ClaimShape, Long> limits = new ConcurrentHashMap<>();

  Bandwidth(CompiledProblem problem, LinkObjective objective) {
    this.problem = problem;
    this.objective = objective;
  }

  /** How the devices of a claim are measured. */
  public LinkObjective objective() {
    return objective;
  }

  /** Returns what a placement counts. */
  long of(Placement placement) {
    long sum = 0;
    for (int claim = 0; claim < placement.choices().size(); claim++) {
      List<ClaimShape.Line> lines = placement.unit().type().claims().get(claim).requests();
      BitSet own = new BitSet();
      for (int request = 0; request < lines.size(); request++) {
        Placement.Choice choice = placement.choices().get(claim).get(request);
        if (!choice.devices().isEmpty()
            && !lines.get(request).leaves().get(choice.alternative()).request().adminAccess()) {
          choice.devices().forEach(own::set);
        }
      }
      sum += own.cardinality() < 2 ? 0 : between(own, placement.node());
    }
    return sum;
  }

  private long between(BitSet devices, int node) {
    LinkRates.OfNode rates = problem.rates().of(node);
    LongStream pairs =
        new Choice(rates, devices.stream().map(rates::place).filter(place -> place >= 0).toArray())
            .pairs();
    return switch (objective) {
      case AGGREGATE -> pairs.sum();
      case WORST_PAIR -> pairs.min().orElse(0);
    };
  }

  /** Whether claims of a type may count anything. */
  public static boolean mayCount(UnitType type) {
    return type.claims().stream().anyMatch(claim -> mostDevices(claim) > 1);
  }

  private static long mostDevices(ClaimShape claim) {
    long most = 0;
    for (ClaimShape.Line line : claim.requests()) {
      most +=
          line.leaves().stream()
              .filter(leaf -> !leaf.request().adminAccess())
              .mapToLong(leaf -> leaf.isAll() ? Claim.MAX_DEVICES : leaf.count())
              .max()
              .orElse(0);
    }
    return Math.min(most, Claim.MAX_DEVICES);
  }

  /** The fewest devices that a claim takes, where it is known that all of them count. */
  private static long leastDevices(ClaimShape claim) {
    long least = 0;
    for (ClaimShape.Line line : claim.requests()) {
      least +=
          line.leaves().stream()
              .mapToLong(leaf -> leaf.isAll() || leaf.request().adminAccess() ? 0 : leaf.count())
              .min()
              .orElse(0);
    }
    return least;
  }

  /** What units of a type count at most. */
  public long limit(UnitType type) {
    return limits(type).sum();
  }

  /** What each claim of a unit counts at most. */
  public LongStream limits(UnitType type) {
    return type.claims().stream().mapToLong(this::limit);
  }

  private long limit(ClaimShape claim) {
    return mostDevices(claim) < 2 ? 0 : limits.computeIfAbsent(claim, this::look);
  }

  private long look(ClaimShape claim) {
    List<Leaf> leaves =
        claim.requests().stream()
            .flatMap(line -> line.leaves().stream())
            .filter(leaf -> !leaf.request().adminAccess())
            .distinct()
            .toList();
    boolean allCount = claim.requests().stream().allMatch(line -> line.own().nodes().isEmpty());
    List<Choice> choices = new ArrayList<>();
    for (int node = 0; node < problem.nodes(); node++) {
      LinkRates.OfNode rates = problem.rates().of(node);
      BitSet places = new BitSet();
      for (int device : problem.devices().onNode(node)) {
        if (leaves.stream().anyMatch(leaf -> mayTake(leaf, device))) {
          int place = rates.place(device);
          allCount &= place >= 0;
          if (place >= 0) {
            places.set(place);
          }
        }
      }
      choices.add(new Choice(rates, places.stream().toArray()));
    }
    long least = allCount ? Math.max(2, leastDevices(claim)) : 2;
    long most = mostDevices(claim);
    return choices.stream().mapToLong(choice -> limit(choice, least, most)).max().orElse(0);
  }

  private boolean mayTake(Leaf leaf, int device) {
    return problem.devices().isShared(device)
        ? problem.admitsShared(leaf, device)
        : problem.admits(leaf, device);
  }

  /** The devices of a node from which a claim may have some, by their places. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Choice(LinkRates.OfNode rates, int[] places) {

    LongStream pairs() {
      return IntStream.range(0, places.length)
          .boxed()
          .flatMapToLong(
              second ->
                  IntStream.range(0, second)
                      .mapToLong(first -> rates.rates()[places[first]][places[second]]));
    }
  }

  private long limit(Choice choice, long least, long most) {
    if (objective == LinkObjective.AGGREGATE) {
      long devices = Math.min(most, choice.places().length);
      return choice
          .pairs()
          .boxed()
          .sorted(Comparator.reverseOrder())
          .limit(devices * (devices - 1) / 2)
          .mapToLong(Long::longValue)
          .sum();
    }
    return choice
        .pairs()
        .boxed()
        .distinct()
        .sorted(Comparator.reverseOrder())
        .filter(rate -> hasNeighbours(choice.rates(), choice.places(), rate, least - 1))
        .findFirst()
        .orElse(0L);
  }

  /** Whether some of the devices each have so many others of them at this rate at least. */
  private static boolean hasNeighbours(
      LinkRates.OfNode rates, int[] places, long rate, long count) {
    BitSet left = new BitSet();
    IntStream.of(places).forEach(left::set);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int place : left.stream().toArray()) {
        long near =
            left.stream().filter(o -> o != place && rates.rates()[place][o] >= rate).count();
        if (near < count) {
          left.clear(place);
          changed = true;
        }
      }
    }
    return !left.isEmpty();
  }
}
