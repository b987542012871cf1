package io.tangram.k8s.cel;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector.Outcome;
import io.tangram.api.device.SelectorReads;

/** What compiling an expression gives: a program, or why there is none. */
sealed interface CompiledSelector {

  /**
   * An expression that does not compile (R54).
   *
   * @param message why
   */
  record Defective(String message) implements CompiledSelector {}

  /**
   * An expression that can be evaluated. Thread-safe.
   *
   * @param program what evaluates it
   * @param costs what its nodes cost
   * @param reads what it looks at
   */
  record Evaluable(CelRuntime.Program program, CostPlan costs, SelectorReads reads)
      implements CompiledSelector {

    /** Evaluates the expression on a device whose attributes are all readable. */
    Outcome evaluate(String driver, Device device) {
      try {
        Object value =
            new EvaluationMeter(costs).run(program, DeviceValues.variables(driver, device));
        if (value instanceof Boolean matches) {
          return matches ? Outcome.MATCH : Outcome.NO_MATCH;
        }
        return failure("the result is of type " + TypeNames.of(value) + ", not bool (R48)");
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

    private static Outcome failure(String message) {
      return new Outcome.Failure(message);
    }
  }
}
