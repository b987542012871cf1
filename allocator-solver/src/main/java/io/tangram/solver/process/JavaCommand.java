package io.tangram.solver.process;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command line of a child process. It has nothing of this process's own command line, so none
 * of its agents, but for the properties that say where natives and temporary files lie.
 */
final class JavaCommand {

  /** Environment variables that add options, hence perhaps agents, to every Java. */
  static final ImmutableSet<String> VARIABLES_WITH_OPTIONS =
      ImmutableSet.of(
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "OPENJ9_JAVA_OPTIONS",
          "IBM_JAVA_OPTIONS");

  /** The exit status of a child whose Java heap was full. */
  static final int OUT_OF_HEAP = 3;

  private static final ImmutableList<String> INHERITED =
      ImmutableList.of("tangram.nativeCache", "java.library.path", "java.io.tmpdir", "user.home");

  private static final Logger LOG = LoggerFactory.getLogger(JavaCommand.class);

  private JavaCommand() {}

  /**
   * Returns a command line.
   *
   * @param program the class whose main method to run
   * @param arguments what to give it
   */
  static ImmutableList<String> of(ProcessOptions options, Class<?> program, String... arguments) {
    ImmutableList.Builder<String> command = ImmutableList.builder();
    command.add(options.java().toString());
    command.addAll(virtualMachine(options));
    for (String property : INHERITED) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    // The application's logging is not started a second time: its files have one writer.
    command.add("-Dslf4j.provider=" + StandardErrorLogging.class.getName());
    command.add("-Dslf4j.internal.verbosity=WARN");
    command.add("-D" + StandardErrorLogging.TRACES + "=" + LOG.isDebugEnabled());
    return command.add("-cp", options.classPath(), program.getName()).add(arguments).build();
  }

  private static List<String> virtualMachine(ProcessOptions options) {
    return List.of(
        "-Xmx" + options.heapMebibytes() + "m",
        "-Xms8m",
        // Other machines than HotSpot, and later ones, lack some of what follows.
        "-XX:+IgnoreUnrecognizedVMOptions",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-XX:+ExitOnOutOfMemoryError",
        // Standard output is for answers.
        "-XX:+DisplayVMOutputToStderr",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=" + System.getProperty("java.io.tmpdir") + "/tangram-solver-%p.log",
        "--enable-native-access=ALL-UNNAMED");
  }
}
