package io.tangram.k8s.libraryfacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What CEL does with the protobuf runtime of this build. */
class CelRuntimeTest {

  @Test
  void evaluatesASelectorOnTheLegacyRuntime() throws Exception {
    CelCompiler compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .addVar("attributes", MapType.create(SimpleType.STRING, SimpleType.STRING))
            .setResultType(SimpleType.BOOL)
            .build();
    CelRuntime runtime = CelRuntimeFactory.legacyCelRuntimeBuilder().build();

    CelRuntime.Program program =
        runtime.createProgram(compiler.compile("attributes['profile'] == '3g.40gb'").getAst());

    assertThat(program.eval(Map.of("attributes", Map.of("profile", "3g.40gb")))).isEqualTo(true);
    assertThat(program.eval(Map.of("attributes", Map.of("profile", "1g.10gb")))).isEqualTo(false);
  }
}
