package io.tangram.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import io.tangram.solver.cpsat.CpModelBuilder;
import org.junit.jupiter.api.Test;

class GoalTest {

  private final CpModelBuilder model = new CpModelBuilder("goals");
  private final IntVar x = model.newIntVar(0, 5, "x");
  private final IntVar y = model.newIntVar(2, 7, "y");

  @Test
  void knowsTheBestThatDomainsAllow() {
    LinearExpr expression = sum(3, -2, 1);

    assertThat(goal(expression, true).bestByDomains(model)).isEqualTo(3 * 5 - 2 * 2 + 1);
    assertThat(goal(expression, false).bestByDomains(model)).isEqualTo(-2 * 7 + 1);
  }

  @Test
  void isConstantWhereNoVariableCounts() {
    assertThat(goal(sum(0, 0, 4), true).isConstant()).isTrue();
    assertThat(goal(sum(0, 1, 4), true).isConstant()).isFalse();
  }

  @Test
  void isProportionalToItsMultiples() {
    Goal goal = goal(sum(2, 4, 1), true);

    assertThat(goal.isProportionalTo(goal(sum(3, 6, 0), true))).isTrue();
    assertThat(goal.isProportionalTo(goal(sum(3, 5, 0), true))).isFalse();
  }

  @Test
  void isNotFooledByAVariableThatDoesNotCount() {
    IntVar z = model.newIntVar(0, 1, "z");
    LinearExpr one = LinearExpr.newBuilder().addTerm(x, 0).addTerm(y, 1).addTerm(z, 2).build();
    LinearExpr other = LinearExpr.newBuilder().addTerm(x, 0).addTerm(y, 2).addTerm(z, 1).build();

    assertThat(goal(one, true).isProportionalTo(goal(other, true))).isFalse();
  }

  @Test
  void isNotProportionalToAGoalOfTheOtherSense() {
    Goal goal = goal(sum(2, 4, 0), true);

    assertThat(goal.isProportionalTo(goal(sum(2, 4, 0), false))).isFalse();
  }

  @Test
  void showsValuesWithoutTheirTieBreaker() {
    Goal goal = new Goal("claims", 0, sum(10, 1, 0), true, true, 10);

    assertThat(goal.shown(37)).isEqualTo(3);
    assertThat(goal.shown(30)).isEqualTo(3);
  }

  private LinearExpr sum(long ofX, long ofY, long offset) {
    return LinearExpr.newBuilder().addTerm(x, ofX).addTerm(y, ofY).add(offset).build();
  }

  private static Goal goal(LinearExpr expression, boolean maximised) {
    return new Goal("goal", 0, expression, maximised, true, 1);
  }
}
