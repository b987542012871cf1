package io.tangram.solver.cpsat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.Literal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the builder to OR-Tools' own model, which the same calls fill. */
class CpModelBuilderTest {

  private final CpModelBuilder builder = new CpModelBuilder("pieces");
  private final CpModel model = new CpModel();

  @BeforeEach
  void nameTheOther() {
    NativeLibrary.load();
    model.getBuilder().setName("pieces");
  }

  @Test
  void addsVariables() {
    IntVar x = builder.newIntVar(-3, 7, "x");
    BoolVar b = builder.newBoolVar("b");
    Literal yes = builder.trueLiteral();
    Literal again = builder.trueLiteral();

    model.newIntVar(-3, 7, "x");
    model.newBoolVar("b");
    model.trueLiteral();

    assertThat(builder.build()).isEqualTo(model.model());
    assertThat(List.of(x.getIndex(), b.getIndex(), yes.getIndex())).containsExactly(0, 1, 2);
    assertThat(again.getIndex()).isEqualTo(2);
    assertThat(builder.variables()).isEqualTo(3);
  }

  @Test
  void addsLinearConstraints() {
    IntVar x = builder.newIntVar(0, 9, "x");
    IntVar y = builder.newIntVar(0, 9, "y");
    LinearArgument sum = LinearExpr.newBuilder().addTerm(x, 2).addTerm(y, -1).add(5);
    builder.addEquality(sum, 8);
    builder.addEquality(sum, x);
    builder.addLessOrEqual(sum, 8);
    builder.addLessOrEqual(x, sum);
    builder.addGreaterOrEqual(sum, 8);

    model.newIntVar(0, 9, "x");
    model.newIntVar(0, 9, "y");
    model.addEquality(sum, 8);
    model.addEquality(sum, x);
    model.addLessOrEqual(sum, 8);
    model.addLessOrEqual(x, sum);
    model.addGreaterOrEqual(sum, 8);

    assertThat(builder.build()).isEqualTo(model.model());
    assertThat(builder.constraints()).isEqualTo(5);
  }

  @Test
  void addsLogicObjectiveAndHints() {
    BoolVar a = builder.newBoolVar("a");
    BoolVar b = builder.newBoolVar("b");
    builder.addAtMostOne(List.of(a, b));
    builder.addImplication(a, b.not());
    builder.minimize(a);
    builder.maximize(LinearExpr.affine(b, 3, 1));
    builder.addHint(a, true);
    builder.addHint(b, false);

    model.newBoolVar("a");
    model.newBoolVar("b");
    model.addAtMostOne(List.of(a, b));
    model.addImplication(a, b.not());
    model.maximize(LinearExpr.affine(b, 3, 1));
    model.addHint(a, true);
    model.addHint(b, false);

    assertThat(builder.build()).isEqualTo(model.model());
  }

  @Test
  void takesHintsBack() {
    BoolVar a = builder.newBoolVar("a");
    builder.addHint(a, true);

    builder.clearHints();

    assertThat(builder.build().hasSolutionHint()).isFalse();
  }

  @Test
  void growsApartFromItsCopies() {
    BoolVar a = builder.newBoolVar("a");
    Literal yes = builder.trueLiteral();

    CpModelBuilder copy = builder.copy();
    copy.addImplication(a, copy.trueLiteral());

    assertThat(copy.trueLiteral().getIndex()).isEqualTo(yes.getIndex());
    assertThat(copy.constraints()).isEqualTo(1);
    assertThat(builder.constraints()).isZero();
    assertThat(builder.build().getName()).isEqualTo(copy.build().getName());
  }
}
