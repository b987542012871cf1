package io.tangram.solver.cpsat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.Loader;
import com.google.ortools.sat.CpModelProto;
import io.tangram.solver.limit.Deadline;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NativeLibraryLoadTest {

  @Test
  void tellsOrToolsThatItsLibraryIsLoaded() {
    NativeLibrary.load();

    Optional<OrToolsLoader> loader = OrToolsLoader.find();

    assertThat(loader).isPresent();
    assertThat(loader.get().hasLoaded()).isTrue();
  }

  @Test
  void worksBesideAnApplicationThatLoadsOrToolsItself() {
    NativeLibrary.preload();
    Loader.loadNativeLibraries();
    NativeLibrary.load();

    CpOutcome outcome =
        new CpEngine(new ThisProcess())
            .solve(
                CpModelProto.getDefaultInstance(),
                CpParameters.defaults(),
                Deadline.never(),
                CpListener.NONE);

    assertThat(outcome.status()).isEqualTo(CpOutcome.Status.OPTIMAL);
  }
}
