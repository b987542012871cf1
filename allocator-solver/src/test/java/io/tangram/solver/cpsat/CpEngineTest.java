package io.tangram.solver.cpsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.DoubleLinearExpr;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.Literal;
import io.tangram.api.AllocatorException;
import io.tangram.api.Cancellation;
import io.tangram.solver.limit.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CpEngineTest {

  private static final CpEngine ENGINE = new CpEngine(new ThisProcess());
  private static final CpParameters DEFAULT = CpParameters.defaults();

  @Test
  void solvesToProvenOptimumAndReadsValues() {
    CpModel model = new CpModel();
    IntVar three = model.newIntVar(0, 2, "three");
    IntVar four = model.newIntVar(0, 2, "four");
    Literal empty = model.newBoolVar("empty");
    model.addEquality(LinearExpr.term(empty, 1), 0);
    LinearExpr slices = LinearExpr.weightedSum(new IntVar[] {three, four}, new long[] {3, 4});
    model.addLessOrEqual(slices, 7);
    model.maximize(slices);

    CpOutcome outcome = solve(model, DEFAULT);

    assertThat(outcome.status()).isEqualTo(CpOutcome.Status.OPTIMAL);
    assertThat(outcome.objective()).isEqualTo(7);
    assertThat(outcome.bound()).hasValue(7);
    assertThat(outcome.value(three)).isEqualTo(1);
    assertThat(outcome.value(LinearExpr.affine(four, 10, 5))).isEqualTo(15);
    assertThat(outcome.isTrue(empty)).isFalse();
    assertThat(outcome.isTrue(empty.not())).isTrue();
  }

  @Test
  void saysInfeasibleAndRefusesToReadValues() {
    CpModel model = new CpModel();
    IntVar x = model.newIntVar(0, 1, "x");
    model.addGreaterOrEqual(x, 2);

    CpOutcome outcome = solve(model, DEFAULT);

    assertThat(outcome.status()).isEqualTo(CpOutcome.Status.INFEASIBLE);
    assertThat(outcome.hasSolution()).isFalse();
    assertThat(outcome.bound()).isEmpty();
    assertThatThrownBy(() -> outcome.value(x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("INFEASIBLE");
    assertThatThrownBy(outcome::objective).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void callsAnAnswerWithinTheGapFeasible() {
    CpParameters loose = CpParameters.defaults().withRelativeGap(0.5);

    CpOutcome outcome = solve(Knapsacks.builder(60, 10).build(), loose);

    assertThat(outcome.status()).isEqualTo(CpOutcome.Status.FEASIBLE);
    assertThat(outcome.bound().orElseThrow()).isGreaterThan(outcome.objective());
  }

  @Test
  void keepsTheDeterministicLimitAndRepeatsItself() {
    CpParameters limited = CpParameters.defaults().withDeterministicLimit(0.05);

    CpOutcome first = solve(Knapsacks.builder(120, 30).build(), limited);
    CpOutcome second = solve(Knapsacks.builder(120, 30).build(), limited);

    assertThat(first.status()).isEqualTo(CpOutcome.Status.FEASIBLE);
    assertThat(second.toString()).isEqualTo(first.toString());
    assertThat(second.deterministicTime()).isEqualTo(first.deterministicTime());
  }

  @Test
  void answersUnknownAtOnceWhenTheDeadlineHasPassed() {
    Deadline passed = Deadline.after(Duration.ZERO, Cancellation.never());

    CpOutcome outcome =
        ENGINE.solve(Knapsacks.builder(120, 30).build(), DEFAULT, passed, CpListener.NONE);

    assertThat(outcome.status()).isEqualTo(CpOutcome.Status.UNKNOWN);
    assertThat(outcome.bound()).isEmpty();
  }

  @Test
  void knowsNoBoundWhenTheLimitComesBeforeThereIsOne() {
    CpParameters tiny = CpParameters.defaults().withDeterministicLimit(1e-9);

    CpOutcome outcome = solve(Knapsacks.builder(120, 30).build(), tiny);

    assertThat(outcome.status()).isEqualTo(CpOutcome.Status.UNKNOWN);
    assertThat(outcome.bound()).isEmpty();
  }

  @Test
  void endsWhenCancelledFromTheListener() {
    Cancellation cancellation = Cancellation.create();
    CpListener cancelling = incumbent -> cancellation.cancel();

    CpOutcome outcome =
        ENGINE.solve(
            Knapsacks.builder(120, 30).build(),
            DEFAULT,
            Deadline.after(Duration.ofMinutes(10), cancellation),
            cancelling);

    assertThat(outcome.status()).isEqualTo(CpOutcome.Status.FEASIBLE);
  }

  @Test
  void waitsForNoSearchThatOutlivesItsDeadline() {
    Cancellation cancellation = Cancellation.create();
    CountDownLatch late = new CountDownLatch(1);
    AtomicInteger heard = new AtomicInteger();
    CpListener slow =
        incumbent -> {
          heard.incrementAndGet();
          cancellation.cancel();
          Uninterruptibles.awaitUninterruptibly(late);
        };

    CpOutcome outcome =
        ENGINE.solve(
            Knapsacks.builder(120, 30).build(),
            DEFAULT,
            Deadline.after(Duration.ofMinutes(10), cancellation),
            slow);

    assertThat(outcome.status()).isEqualTo(CpOutcome.Status.UNKNOWN);
    late.countDown();
    assertThat(heard).hasValue(1);
  }

  @Test
  void endsWhenCancelledBeforeTheStart() {
    Cancellation cancellation = Cancellation.create();
    cancellation.cancel();

    CpOutcome outcome =
        ENGINE.solve(
            Knapsacks.builder(120, 30).build(),
            DEFAULT,
            Deadline.after(Duration.ofMinutes(10), cancellation),
            CpListener.NONE);

    assertThat(outcome.status()).isEqualTo(CpOutcome.Status.UNKNOWN);
  }

  @Test
  void handsOnWhatTheListenerThrows() {
    IllegalStateException thrown = new IllegalStateException("enough");
    CpListener throwing =
        incumbent -> {
          throw thrown;
        };

    assertThatThrownBy(
            () ->
                ENGINE.solve(
                    Knapsacks.builder(120, 30).build(), DEFAULT, Deadline.never(), throwing))
        .isSameAs(thrown);
  }

  @Test
  void tellsTheListenerOfBetterSolutionsAndBounds() {
    List<Long> objectives = new ArrayList<>();
    List<OptionalLong> bounds = new ArrayList<>();

    CpOutcome outcome =
        ENGINE.solve(
            Knapsacks.builder(60, 10).build(),
            DEFAULT,
            Deadline.never(),
            incumbent -> {
              objectives.add(incumbent.objective());
              bounds.add(incumbent.bound());
            });

    assertThat(objectives).isSorted().last().isEqualTo(outcome.objective());
    assertThat(bounds).allMatch(bound -> bound.orElseThrow() >= outcome.bound().orElseThrow());
  }

  @Test
  void showsTheListenerTheValuesOfSolutionsAsLongAsItIsCalled() {
    CpModelBuilder model = new CpModelBuilder("one");
    IntVar x = model.newIntVar(0, 4, "x");
    model.maximize(LinearExpr.affine(x, 10, 5));
    List<CpIncumbent> heard = new ArrayList<>();
    List<Long> values = new ArrayList<>();

    ENGINE.solve(
        model.build(),
        DEFAULT,
        Deadline.never(),
        incumbent -> {
          heard.add(incumbent);
          values.add(incumbent.values()[x.getIndex()]);
        });

    assertThat(values).last().isEqualTo(4L);
    assertThat(heard).last().extracting(CpIncumbent::objective).isEqualTo(45L);
    assertThatThrownBy(() -> heard.get(0).values()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void startsFromAnEarlierSolution() {
    CpModelBuilder model = Knapsacks.builder(60, 10);
    CpOutcome best = solve(model.build(), DEFAULT);
    CpParameters first = CpParameters.defaults().withStopAtFirstSolution(true);

    best.hint(model);
    CpOutcome hinted = solve(model.build(), first);

    assertThat(hinted.objective()).isEqualTo(best.objective());
  }

  @Test
  void reportsAnInvalidModelWithTheReasonAndTheSeed() {
    CpModel model = new CpModel();
    IntVar x = model.newIntVar(0, Long.MAX_VALUE / 2, "x");
    IntVar y = model.newIntVar(0, Long.MAX_VALUE / 2, "y");
    model.addLessOrEqual(LinearExpr.weightedSum(new IntVar[] {x, y}, new long[] {3, 3}), 5);
    CpParameters seeded = CpParameters.defaults().withSeed(77);

    assertThatThrownBy(() -> solve(model, seeded))
        .isInstanceOf(AllocatorException.class)
        .hasMessageContaining("Possible integer overflow")
        .hasMessageContaining("seed=77")
        .hasMessageContaining("2 variables and 1 constraints");
  }

  @Test
  void refusesAModelThatIsTooLarge() {
    CpParameters small = CpParameters.defaults().withModelMebibytes(1);
    CpModelProto model = Knapsacks.builder(60_000, 1).build();

    assertThatThrownBy(() -> solve(model, small))
        .isInstanceOf(AllocatorException.class)
        .hasMessageContaining("MiB");
  }

  @Test
  void refusesAnObjectiveWithFractions() {
    CpModel model = new CpModel();
    IntVar x = model.newIntVar(0, 1, "x");
    model.maximize(DoubleLinearExpr.weightedSum(new IntVar[] {x}, new double[] {0.5}));

    assertThatThrownBy(() -> solve(model, DEFAULT)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void solvesAModelWithoutObjective() {
    CpModel model = new CpModel();
    IntVar x = model.newIntVar(3, 3, "x");

    CpOutcome outcome = solve(model, DEFAULT);

    assertThat(outcome.status()).isEqualTo(CpOutcome.Status.OPTIMAL);
    assertThat(outcome.value(x)).isEqualTo(3);
    assertThat(outcome.bound()).isEmpty();
  }

  private static CpOutcome solve(CpModel model, CpParameters parameters) {
    return solve(model.model(), parameters);
  }

  private static CpOutcome solve(CpModelProto model, CpParameters parameters) {
    return ENGINE.solve(model, parameters, Deadline.never(), CpListener.NONE);
  }
}
