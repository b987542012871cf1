package io.tangram.solver.cpsat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.Literal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SolutionCheckTest {

  private final CpModelBuilder model = new CpModelBuilder("check");
  private final IntVar x = model.newIntVar(0, 9, "x");
  private final BoolVar a = model.newBoolVar("a");
  private final BoolVar b = model.newBoolVar("b");

  @Test
  void acceptsWhatSatisfiesEverything() {
    addConstraints();

    assertThat(holds(4, 1, 0)).isTrue();
  }

  @Test
  void refusesWhatIsOutOfTheDomain() {
    assertThat(holds(10, 0, 0)).isFalse();
    assertThat(holds(0, 2, 0)).isFalse();
  }

  @Test
  void refusesWhatBreaksOneConstraint() {
    addConstraints();

    assertThat(holds(5, 1, 0)).as("x + a <= 5").isFalse();
    assertThat(holds(4, 1, 1)).as("at most one").isFalse();
    assertThat(holds(4, 0, 1)).as("b implies a").isFalse();
  }

  @Test
  void findsThatAHintIsASolution() {
    addConstraints();
    model.addHint(x, 4);
    model.addHint(a, true);
    model.addHint(b, false);

    assertThat(model.hintedSolution().orElseThrow().value(LinearExpr.affine(x, 2, 1))).isEqualTo(9);
  }

  @Test
  void findsThatAHintLacksAVariable() {
    model.addHint(x, 4);

    assertThat(model.hintedSolution()).isEmpty();
  }

  private void addConstraints() {
    model.addLessOrEqual(LinearExpr.newBuilder().add(x).add(a), 5);
    model.addAtMostOne(List.<Literal>of(a, b));
    model.addImplication(b, a);
  }

  private boolean holds(long... values) {
    return new SolutionCheck(model.build(), values).holds();
  }
}
