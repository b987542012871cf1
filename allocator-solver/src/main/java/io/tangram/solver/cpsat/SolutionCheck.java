package io.tangram.solver.cpsat;

import com.google.common.primitives.Longs;
import com.google.ortools.sat.ConstraintProto;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.LinearConstraintProto;
import java.util.List;

/** Whether values satisfy a model of the constraints that {@link CpModelBuilder} can add. */
final class SolutionCheck {

  private final CpModelProto model;
  private final long[] values;

  SolutionCheck(CpModelProto model, long[] values) {
    this.model = model;
    this.values = values;
  }

  boolean holds() {
    for (int variable = 0; variable < values.length; variable++) {
      if (!isIn(values[variable], model.getVariables(variable).getDomainList())) {
        return false;
      }
    }
    return model.getConstraintsList().stream().allMatch(this::holds);
  }

  private boolean holds(ConstraintProto constraint) {
    if (!constraint.getEnforcementLiteralList().stream().allMatch(this::isTrue)) {
      return true;
    }
    return switch (constraint.getConstraintCase()) {
      case LINEAR -> holds(constraint.getLinear());
      case AT_MOST_ONE -> count(constraint.getAtMostOne().getLiteralsList()) <= 1;
      case BOOL_OR -> count(constraint.getBoolOr().getLiteralsList()) > 0;
      case BOOL_AND -> constraint.getBoolAnd().getLiteralsList().stream().allMatch(this::isTrue);
      default -> false;
    };
  }

  private boolean holds(LinearConstraintProto linear) {
    long sum = 0;
    for (int i = 0; i < linear.getVarsCount(); i++) {
      sum += linear.getCoeffs(i) * values[linear.getVars(i)];
    }
    return isIn(sum, linear.getDomainList());
  }

  private long count(List<Integer> literals) {
    return literals.stream().filter(this::isTrue).count();
  }

  /** A negative number stands for the negation of the variable {@code -literal - 1}. */
  private boolean isTrue(int literal) {
    return literal >= 0 ? values[literal] != 0 : values[-literal - 1] == 0;
  }

  /** Whether the value is in one of the intervals, of which the domain lists both ends. */
  private static boolean isIn(long value, List<Long> domain) {
    long[] ends = Longs.toArray(domain);
    for (int i = 0; i < ends.length; i += 2) {
      if (ends[i] <= value && value <= ends[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
