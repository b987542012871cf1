package io.tangram.solver.cpsat;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntegerVariableProto;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearConstraintProto;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.Literal;
import com.google.ortools.sat.PartialVariableAssignment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A CP-SAT model under construction: what {@link CpModel} makes of the same calls, bit for bit, but
 * without native code. {@code CpModel} keeps each domain in a native object, also those of one
 * interval, which is all we need.
 *
 * <p>Not thread-safe.
 */
public final class CpModelBuilder {

  private final CpModel model;
  private @Nullable Literal trueLiteral;

  /**
   * Makes an empty model.
   *
   * @param name what messages call the model
   */
  public CpModelBuilder(String name) {
    this.model = new CpModel();
    model.getBuilder().setName(name);
  }

  private CpModelBuilder(CpModelBuilder other) {
    this.model = other.model.getClone();
    this.trueLiteral = other.trueLiteral;
  }

  /** Returns a model that can grow apart from this one; variables of this one are its as well. */
  public CpModelBuilder copy() {
    return new CpModelBuilder(this);
  }

  /** Returns the model as it is now. */
  public CpModelProto build() {
    return model.model();
  }

  // Variables.

  /** Adds a variable in {@code [min, max]}. */
  public IntVar newIntVar(long min, long max, String name) {
    return model.getIntVarFromProtoIndex(addVariable(min, max, name));
  }

  /** Adds a variable that is 0 or 1. */
  public BoolVar newBoolVar(String name) {
    return model.getBoolVarFromProtoIndex(addVariable(0, 1, name));
  }

  /** Returns a literal that is always true. */
  public Literal trueLiteral() {
    if (trueLiteral == null) {
      trueLiteral = model.getBoolVarFromProtoIndex(addVariable(1, 1, ""));
    }
    return trueLiteral;
  }

  private int addVariable(long min, long max, String name) {
    model.getBuilder().addVariablesBuilder().setName(name).addDomain(min).addDomain(max);
    return variables() - 1;
  }

  /** How many variables there are. */
  public int variables() {
    return model.getBuilder().getVariablesCount();
  }

  /** The least value of a variable, by its number. */
  public long min(int variable) {
    return model.getBuilder().getVariables(variable).getDomain(0);
  }

  /** The greatest value of a variable, by its number. */
  public long max(int variable) {
    IntegerVariableProto proto = model.getBuilder().getVariables(variable);
    return proto.getDomain(proto.getDomainCount() - 1);
  }

  // Constraints.

  /** Adds {@code left = right}. */
  public void addEquality(LinearArgument left, long right) {
    addLinear(left, right, right);
  }

  /** Adds {@code left = right}. */
  public void addEquality(LinearArgument left, LinearArgument right) {
    addLinear(difference(left, right), 0, 0);
  }

  /** Adds {@code left <= right}. */
  public void addLessOrEqual(LinearArgument left, long right) {
    addLinear(left, Long.MIN_VALUE, right);
  }

  /** Adds {@code left <= right}. */
  public void addLessOrEqual(LinearArgument left, LinearArgument right) {
    addLinear(difference(left, right), Long.MIN_VALUE, 0);
  }

  /** Adds {@code left >= right}. */
  public void addGreaterOrEqual(LinearArgument left, long right) {
    addLinear(left, right, Long.MAX_VALUE);
  }

  /** Adds that at most one of the literals is true. */
  public void addAtMostOne(Iterable<Literal> literals) {
    model.addAtMostOne(literals);
  }

  /** Adds that {@code b} is true where {@code a} is. */
  public void addImplication(Literal a, Literal b) {
    model.addImplication(a, b);
  }

  /** How many constraints there are. */
  public int constraints() {
    return model.getBuilder().getConstraintsCount();
  }

  private static LinearArgument difference(LinearArgument left, LinearArgument right) {
    return LinearExpr.newBuilder().addTerm(left, 1).addTerm(right, -1);
  }

  private void addLinear(LinearArgument argument, long min, long max) {
    LinearExpr expression = argument.build();
    LinearConstraintProto.Builder row =
        model.getBuilder().addConstraintsBuilder().getLinearBuilder();
    for (int i = 0; i < expression.numElements(); i++) {
      row.addVars(expression.getVariableIndex(i)).addCoeffs(expression.getCoefficient(i));
    }
    row.addDomain(less(min, expression.getOffset())).addDomain(less(max, expression.getOffset()));
  }

  /** The extremes stand for no limit. */
  private static long less(long limit, long offset) {
    return limit == Long.MIN_VALUE || limit == Long.MAX_VALUE ? limit : limit - offset;
  }

  // Objective and hints.

  /** Wants the most of an expression, in place of any other objective. */
  public void maximize(LinearArgument expression) {
    model.maximize(expression);
  }

  /** Wants the least of an expression, in place of any other objective. */
  public void minimize(LinearArgument expression) {
    model.minimize(expression);
  }

  /** Hints at a value. A variable may have one hint. */
  public void addHint(Literal literal, boolean value) {
    model.addHint(literal, value);
  }

  /** Hints at a value. A variable may have one hint. */
  public void addHint(IntVar variable, long value) {
    model.addHint(variable, value);
  }

  /** Takes all hints back. */
  public void clearHints() {
    model.clearHints();
  }

  /**
   * Returns the hint as a solution, if it gives every variable a value and satisfies all
   * constraints.
   */
  public Optional<CpOutcome> hintedSolution() {
    CpModelProto proto = build();
    PartialVariableAssignment hint = proto.getSolutionHint();
    if (hint.getVarsCount() != proto.getVariablesCount()) {
      return Optional.empty();
    }
    long[] values = new long[hint.getVarsCount()];
    for (int i = 0; i < values.length; i++) {
      values[hint.getVars(i)] = hint.getValues(i);
    }
    return new SolutionCheck(proto, values).holds()
        ? Optional.of(CpOutcome.known(values))
        : Optional.empty();
  }

  /** Makes a solution the hint, in place of any other. It has values for the first variables. */
  void hint(long[] values) {
    PartialVariableAssignment.Builder hint = PartialVariableAssignment.newBuilder();
    for (int i = 0; i < values.length; i++) {
      hint.addVars(i).addValues(values[i]);
    }
    model.getBuilder().setSolutionHint(hint);
  }
}
