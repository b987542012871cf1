package io.tangram.k8s.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.runtime.CelRuntime;
import io.tangram.api.device.Device;
import io.tangram.k8s.cel.CompiledExpression.Evaluation;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** Whatever the library does, an expression has a defect, or a value or none. */
class CompiledExpressionTest {

  private static final Device DEVICE = Device.builder().name("gpu-0").build();

  private static CompiledExpression.Evaluable failingWith(Throwable slip) {
    CompiledExpression.Evaluable sound =
        (CompiledExpression.Evaluable)
            ExpressionCompiler.get().compile("device.driver == 'x'", ResultType.SELECTOR);
    Object program =
        Proxy.newProxyInstance(
            CelRuntime.Program.class.getClassLoader(),
            new Class<?>[] {CelRuntime.Program.class},
            (proxy, method, arguments) -> {
              throw slip;
            });
    return new CompiledExpression.Evaluable(
        (CelRuntime.Program) program, sound.costs(), sound.reads());
  }

  @Test
  void aSlipOfTheLibraryIsAFailureOfTheDevice() {
    CompiledExpression.Evaluable failing = failingWith(new IllegalStateException("no\nidea"));
    CompiledExpression.Evaluable silent = failingWith(new ClassCastException());

    assertThat(failing.evaluate("d", DEVICE))
        .isEqualTo(new Evaluation.Failure("the CEL library fails on the expression: no idea"));
    assertThat(silent.evaluate("d", DEVICE))
        .isEqualTo(new Evaluation.Failure("the CEL library fails on the expression"));
  }

  @Test
  void aStackThatOverflowsIsAFailureOfTheDevice() {
    CompiledExpression.Evaluable deep = failingWith(new StackOverflowError());

    assertThat(deep.evaluate("d", DEVICE))
        .isEqualTo(new Evaluation.Failure("the expression nests too deeply"));
  }

  @Test
  void whatNestsTooDeeplyHasADefect() {
    String sums = "1" + " + 1".repeat(2_000) + " > 0";
    String brackets = "[".repeat(2_000) + "]".repeat(2_000) + " == []";

    assertThat(ExpressionCompiler.get().compile(sums, ResultType.SELECTOR))
        .isInstanceOf(CompiledExpression.Defective.class);
    assertThat(ExpressionCompiler.get().compile(brackets, ResultType.SELECTOR))
        .isInstanceOf(CompiledExpression.Defective.class);
  }
}
