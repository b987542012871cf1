package io.tangram.k8s.cel;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.tangram.api.device.Device;
import io.tangram.api.device.SelectorReads;

/** What compiling an expression gives: a program, or why there is none. */
sealed interface CompiledExpression {

  /**
   * An expression that does not compile (R54).
   *
   * @param message why
   */
  record Defective(String message) implements CompiledExpression {}

  /**
   * An expression that can be evaluated. Thread-safe.
   *
   * @param program what evaluates it
   * @param costs what its nodes cost
   * @param reads what it looks at
   */
  record Evaluable(CelRuntime.Program program, CostPlan costs, SelectorReads reads)
      implements CompiledExpression {

    /** Evaluates the expression on a device whose attributes are all readable. */
    Evaluation evaluate(String driver, Device device) {
      try {
        return new Evaluation.Value(
            new EvaluationMeter(costs).run(program, DeviceValues.variables(driver, device)));
      } catch (CelEvaluationException e) {
        return failure(Messages.of(e));
      } catch (LimitExceeded e) {
        return failure(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) { // a slip of the library, not of the expression alone
        return failure(Messages.ofSlip(e));
      } catch (StackOverflowError e) {
        return failure("the expression nests too deeply");
      }
    }

    private static Evaluation failure(String message) {
      return new Evaluation.Failure(message);
    }
  }

  /** What an evaluation gives. */
  sealed interface Evaluation {

    /**
     * A value.
     *
     * @param value the value, as CEL has it
     */
    record Value(Object value) implements Evaluation {}

    /**
     * No value.
     *
     * @param message why
     */
    record Failure(String message) implements Evaluation {}
  }
}
