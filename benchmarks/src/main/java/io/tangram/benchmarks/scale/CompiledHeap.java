package io.tangram.benchmarks.scale;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import io.tangram.api.AllocationProblem;
import io.tangram.benchmarks.Arguments;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How much heap does a compiled problem take beside the problem? Prints both in MiB, from
 * histograms of what is alive before and after, then the classes that take most of the difference.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -Xmx4g -cp benchmarks/target/fast/benchmarks.jar \
 *     io.tangram.benchmarks.scale.CompiledHeap PARTITIONS_5000
 * </pre>
 *
 * <p>5,000 nodes, 1,040,000 devices, 140,000 claims; JDK 17 on Linux, 22 November 2026:
 *
 * <pre>
 * problem  237 MiB
 * compiled 114 MiB beside it
 *     35.9 [I
 *     25.4 [Ljava.lang.Object;
 *     23.8 [Lio.tangram.solver.compile.Draw;
 *     12.3 [J
 *      5.3 io.tangram.solver.compile.Unit
 *      3.9 java.util.HashMap
 *      2.1 com.google.common.collect.SingletonImmutableList
 *      1.2 java.util.HashMap$Node
 *      1.2 java.lang.Integer
 *      0.9 io.tangram.solver.compile.GroupTable$InUse
 * </pre>
 *
 * <p>The draws are what devices take of counters.
 */
public final class CompiledHeap {

  private static final int MOST_CLASSES = 10;
  private static final double MEBIBYTE = 1 << 20;
  private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

  private CompiledHeap() {}

  /**
   * Compiles the problem of a row.
   *
   * @param args the row. The process ends with 2 if it is missing, or there is none of its name
   */
  public static void main(String[] args) throws JMException {
    ScaleRow row =
        Arguments.orExit(
            () -> RowChoice.row(args.length == 0 ? "" : args[0], List.of(ScaleRow.values())));
    Map<String, Long> without = histogram();
    AllocationProblem problem = row.problem();
    Map<String, Long> before = histogram();
    CompiledProblem compiled = CompiledProblem.of(problem, row.options(), Deadline.never());
    Map<String, Long> after;
    try {
      after = histogram();
    } finally {
      Reference.reachabilityFence(problem);
      Reference.reachabilityFence(compiled);
    }

    System.out.printf("problem  %.0f MiB%n", (sum(before) - sum(without)) / MEBIBYTE);
    System.out.printf("compiled %.0f MiB beside it%n", (sum(after) - sum(before)) / MEBIBYTE);
    before.forEach((name, bytes) -> after.merge(name, -bytes, Long::sum));
    after.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_CLASSES)
        .forEach(
            each -> System.out.printf("%8.1f %s%n", each.getValue() / MEBIBYTE, each.getKey()));
  }

  private static long sum(Map<String, Long> histogram) {
    return histogram.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The bytes of all live objects, by the name of their class. */
  private static Map<String, Long> histogram() throws JMException {
    Object lines =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    Map<String, Long> bytes = new HashMap<>();
    for (String line : lines.toString().lines().toList()) {
      List<String> words = WORDS.splitToList(line); // number, instances, bytes, class, module
      if (words.size() >= 4 && words.get(0).endsWith(":")) {
        bytes.merge(words.get(3), Long.parseLong(words.get(2)), Long::sum);
      }
    }
    return bytes;
  }
}
