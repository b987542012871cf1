package io.tangram.solver.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.api.AllocationOptions;
import io.tangram.solver.CrowdedFleet;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.cpsat.CpEngine;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.cpsat.CpParameters;
import io.tangram.solver.cpsat.ThisProcess;
import io.tangram.solver.limit.Deadline;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatternPricesTest {

  @Test
  void boundsByWhatOneNodeIsWorthTimesTheNumberOfNodes() {
    PatternPrices prices = new PatternPrices(List.of(), 0, Map.of(), List.of(4));

    long bound = prices.bound(free(1), new long[] {2 * PatternPrices.PARTS + 1});

    assertThat(bound).isEqualTo(8);
  }

  @Test
  void boundsNothingWhereRentsAreTooManyToAddUp() {
    PatternPrices prices = new PatternPrices(List.of(), 0, Map.of(), List.of(4, 4));

    long bound = prices.bound(free(2), new long[] {Long.MAX_VALUE / 2, Long.MAX_VALUE / 2});

    assertThat(bound).isEqualTo(Long.MAX_VALUE / PatternPrices.PARTS);
  }

  @Test
  void canBeSolvedForMillionsOfUnitsOfManyTiers() {
    CompiledProblem compiled =
        CompiledProblem.of(
            CrowdedFleet.of(1, 1, 1, 1), AllocationOptions.builder().build(), Deadline.never());
    Unit unit = compiled.units().queue().get(0);
    List<Unit> units = Collections.nCopies(1_000_000, unit);
    Demand demand = new Demand(0, unit.type(), unit.priority(), ImmutableList.copyOf(units));
    Map<Integer, Long> held =
        IntStream.rangeClosed(1, 99)
            .boxed()
            .collect(Collectors.toMap(Function.identity(), t -> 0L));
    PatternPrices prices = new PatternPrices(List.of(demand), 0, held, List.of(100_000));
    prices.add(new NodePattern(0, ImmutableLongArray.of(1)));

    CpOutcome outcome =
        new CpEngine(new ThisProcess())
            .solve(
                prices.model().build(),
                CpParameters.builder().build(),
                Deadline.never(),
                CpListener.NONE);

    assertThat(outcome.objective()).isEqualTo(100_000 * PatternPrices.PARTS * demand.claims());
  }

  /** Units that cost nothing on nodes of so many kinds that do not either. */
  private static PatternPrices.Prices free(int kinds) {
    return new PatternPrices.Prices(
        ImmutableLongArray.of(), ImmutableLongArray.copyOf(new long[kinds]), Map.of(), 0);
  }
}
