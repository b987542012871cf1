package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import io.tangram.solver.compile.UnitType;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A part of the problem that shares nothing scarce with the rest, so that it can be solved alone.
 *
 * @param types the types of its units, common claims included
 * @param dedicated the free dedicated devices that one of them admits, ascending
 * @param shared the shared devices with room left that one of them admits, ascending
 * @param bystanders free devices that none of them admits, but that draw on counters of those and
 *     suit a request that is expected next, ascending
 * @param nodes the nodes on which its units are to be placed
 */
public record Part(
    ImmutableList<UnitType> types,
    ImmutableList<Integer> dedicated,
    ImmutableList<Integer> shared,
    ImmutableList<Integer> bystanders,
    BitSet nodes) {

  /** Returns parts as one. */
  public static Part together(List<Part> parts) {
    BitSet nodes = new BitSet();
    parts.forEach(part -> nodes.or(part.nodes()));
    return new Part(
        parts.stream()
            .flatMap(part -> part.types().stream())
            .sorted(Comparator.comparingInt(UnitType::index))
            .collect(ImmutableList.toImmutableList()),
        all(parts, Part::dedicated),
        all(parts, Part::shared),
        all(parts, Part::bystanders),
        nodes);
  }

  /** Returns the part with some of its types only. */
  public Part only(Predicate<UnitType> wanted) {
    return new Part(
        types.stream().filter(wanted).collect(ImmutableList.toImmutableList()),
        dedicated,
        shared,
        bystanders,
        nodes);
  }

  private static ImmutableList<Integer> all(
      List<Part> parts, Function<Part, ImmutableList<Integer>> devices) {
    return parts.stream()
        .flatMap(part -> devices.apply(part).stream())
        .sorted()
        .collect(ImmutableList.toImmutableList());
  }
}
