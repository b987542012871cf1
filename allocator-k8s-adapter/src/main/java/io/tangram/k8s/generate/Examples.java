package io.tangram.k8s.generate;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the files of {@code examples/}. After a quick build, in this module's {@code target/fast}:
 *
 * <pre>java -cp "classes:lib/*" io.tangram.k8s.generate.Examples ../../examples</pre>
 */
public final class Examples {

  private record Example(String comment, SampleCluster cluster) {}

  private static final ImmutableMap<String, Example> FILES =
      ImmutableMap.of(
          "mig-cluster.yaml",
          new Example(
              """
              Four nodes of 8 x H100 80GB whose GPUs are partitioned on demand, and 94 claims of one
              MIG partition each, more than fit. Which of them get one depends on how the others are laid.

              Made by io.tangram.k8s.generate.Examples.
              """,
              SampleClusters.smallPartitions()),
          "gpu-nic-cluster.yaml",
          new Example(
              """
              Three nodes of 8 GPUs and 8 NICs on 4 PCIe roots, and claims that want a GPU and a NIC on
              one root, two GPUs on one root, half a node or a whole one.

              Made by io.tangram.k8s.generate.Examples.
              """,
              SampleClusters.gpusAndNics(3, 9, 3, 2, 1)),
          "capability-claims.yaml",
          new Example(
              """
              A node each of A100 40GB, A100 80GB, H100 80GB and H200, partitioned on demand. Claims
              ask for memory and multiprocessors and leave the profile open, or list alternatives.

              Made by io.tangram.k8s.generate.Examples.
              """,
              SampleClusters.capabilities(1, 96, 24)));

  private Examples() {}

  /**
   * Writes all examples.
   *
   * @param folder an existing folder; files there are written over
   * @throws IOException if a file can't be written
   */
  public static void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, Example> file : FILES.entrySet()) {
      ObjectFile.write(
          folder.resolve(file.getKey()),
          file.getValue().comment(),
          file.getValue().cluster().objects());
    }
  }

  /**
   * Writes all examples to the folder that is named.
   *
   * @throws IllegalArgumentException unless one folder is named
   * @throws IOException if a file can't be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("Name the folder to write the examples to.");
    }
    writeTo(Path.of(args[0]));
  }
}
