package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationProblem;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class ProblemPrinterTest {

  private static final String IMPORTS =
      """
      import com.google.common.collect.*;
      import io.tangram.api.*;
      import io.tangram.api.claim.*;
      import io.tangram.api.device.*;
      import io.tangram.api.feature.*;
      import io.tangram.api.testing.*;
      import io.tangram.api.catalog.PciePath;
      import io.tangram.api.topology.*;
      import java.time.Instant;
      import java.util.*;
      """;

  @Provide
  Arbitrary<List<SampleProblem>> problems() {
    return ProblemArbitraries.all().problems().list().ofSize(20);
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void printsCodeThatBuildsTheProblem(@ForAll("problems") List<SampleProblem> samples)
      throws Exception {
    StringBuilder source = new StringBuilder(IMPORTS).append("public class Printed {\n");
    for (int i = 0; i < samples.size(); i++) {
      source.append(
          "public static AllocationProblem problem%d() { return %s; }\n"
              .formatted(i, samples.get(i)));
    }

    Class<?> printed = compiled(source.append('}').toString());

    for (int i = 0; i < samples.size(); i++) {
      assertThat((AllocationProblem) printed.getMethod("problem" + i).invoke(null))
          .isEqualTo(samples.get(i).problem());
    }
  }

  @Example
  void leavesOutWhatIsNotThere() {
    assertThat(new SampleProblem(AllocationProblem.builder().addAdminNamespaces("ns").build()))
        .hasToString(
            """
            AllocationProblem.builder()
                .adminNamespaces(ImmutableSet.of("ns"))
                .build()""");
  }

  private static Class<?> compiled(String source) throws IOException, ReflectiveOperationException {
    Path classes = Files.createDirectories(Path.of("target", "printed"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Printed.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean isValid = compiler.getTask(errors, null, null, options, null, List.of(file)).call();
    assertThat(isValid).as("%s%n%s", errors, source).isTrue();
    URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, ProblemPrinterTest.class.getClassLoader());
    return loader.loadClass("Printed");
  }
}
