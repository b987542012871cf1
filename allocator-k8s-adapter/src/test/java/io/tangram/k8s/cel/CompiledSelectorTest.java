package io.tangram.k8s.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.runtime.CelRuntime;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector.Outcome;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** Whatever the library does, a selector has a defect or an outcome. */
class CompiledSelectorTest {

  private static final Device DEVICE = Device.builder().name("gpu-0").build();

  private static CompiledSelector.Evaluable failingWith(Throwable slip) {
    CompiledSelector.Evaluable sound =
        (CompiledSelector.Evaluable) SelectorCompiler.get().compile("device.driver == 'x'");
    Object program =
        Proxy.newProxyInstance(
            CelRuntime.Program.class.getClassLoader(),
            new Class<?>[] {CelRuntime.Program.class},
            (proxy, method, arguments) -> {
              throw slip;
            });
    return new CompiledSelector.Evaluable(
        (CelRuntime.Program) program, sound.costs(), sound.reads());
  }

  @Test
  void aSlipOfTheLibraryIsAFailureOfTheDevice() {
    CompiledSelector.Evaluable failing = failingWith(new IllegalStateException("no\nidea"));
    CompiledSelector.Evaluable silent = failingWith(new ClassCastException());

    assertThat(failing.evaluate("d", DEVICE))
        .isEqualTo(new Outcome.Failure("the CEL library fails on the expression: no idea"));
    assertThat(silent.evaluate("d", DEVICE))
        .isEqualTo(new Outcome.Failure("the CEL library fails on the expression"));
  }

  @Test
  void aStackThatOverflowsIsAFailureOfTheDevice() {
    CompiledSelector.Evaluable deep = failingWith(new StackOverflowError());

    assertThat(deep.evaluate("d", DEVICE))
        .isEqualTo(new Outcome.Failure("the expression nests too deeply"));
  }

  @Test
  void whatNestsTooDeeplyHasADefect() {
    String sums = "1" + " + 1".repeat(2_000) + " > 0";
    String brackets = "[".repeat(2_000) + "]".repeat(2_000) + " == []";

    assertThat(SelectorCompiler.get().compile(sums)).isInstanceOf(CompiledSelector.Defective.class);
    assertThat(SelectorCompiler.get().compile(brackets))
        .isInstanceOf(CompiledSelector.Defective.class);
  }
}
