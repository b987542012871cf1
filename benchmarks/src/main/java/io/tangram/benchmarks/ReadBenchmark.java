package io.tangram.benchmarks;

import io.tangram.k8s.cel.CelExpressions;
import io.tangram.k8s.generate.ObjectFile;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.ClusterReader;
import io.tangram.k8s.read.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to read a cluster from a file? Selectors are not compiled here: that is
 * done when they are first asked.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -jar benchmarks/target/fast/benchmarks.jar ReadBenchmark
 * </pre>
 *
 * The median of three iterations' medians in ms on two cores that other builds kept busy as well
 * (load 15 to 25), JDK 17:
 *
 * <pre>
 * fleet          yaml  json  yaml.gz
 * TEN_NODES      1995   262     2748
 * </pre>
 *
 * <p>The larger fleet has not been measured to the end.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, then calls the setup
public class ReadBenchmark {

  /** What is read. */
  @Param({"TEN_NODES", "HUNDRED_NODES"})
  public Fleet fleet;

  /** The ending of the file's name, which says what is in it. */
  @Param({"yaml", "json", "yaml.gz"})
  public String format;

  private Path file;

  /** Writes the file, and makes sure that all of it is read. */
  @Setup
  public void prepare() throws IOException {
    file = Files.createTempFile("cluster", "." + format);
    ObjectFile.write(file, "", fleet.cluster().objects());
    Cluster cluster = read();
    int pending = fleet.cluster().pending().size();
    if (cluster.problem().claims().size() != pending || !cluster.warnings().isEmpty()) {
      throw new IllegalStateException(
          "Of %s %d claims were read instead of %d, with warnings %s."
              .formatted(fleet, cluster.problem().claims().size(), pending, cluster.warnings()));
    }
  }

  /** Deletes the file. */
  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
  }

  /** The file as a problem. */
  @Benchmark
  public Cluster read() {
    return ClusterReader.create(new CelExpressions()).read(List.of(InputFile.of(file)));
  }
}
