package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableMultiset;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.k8s.generate.ClaimShape;
import io.tangram.k8s.generate.NodeGroup;
import io.tangram.k8s.read.NameSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code tangram generate} that describe pending claims. */
final class ClaimsOptions {

  private static final Pairs NAMESPACE = new Pairs("--namespace", "a name");

  @Option(
      names = "--claims",
      paramLabel = "WHAT=COUNT",
      description = {
        "So many pending claims. Repeatable. WHAT is one of",
        "uniform, small, big, ends, served: a MIG partition, profiles drawn from this mix;",
        "a profile, such as 3g.40gb: a partition of it;",
        "capability: a partition with so much memory and so many multiprocessors, whatever its"
            + " profile;",
        "list: two partitions of 3g, else one of 7g, else one of 1g (firstAvailable);",
        "gpu, 2gpus, 8gpus: whole GPUs; 2gpus-on-root: behind one PCIe root;",
        "pair: a GPU and a NIC behind one PCIe root."
      })
  private List<String> claims = new ArrayList<>();

  @Option(
      names = "--fill",
      paramLabel = "MIX=LOAD",
      description =
          "Pending claims drawn from a mix until they want this part of the nodes' memory slices:"
              + " 1 fills them if every slice could be used.")
  private @Nullable String fill;

  @Option(
      names = "--gpu-model",
      paramLabel = "MODEL",
      completionCandidates = GenerateWords.Models.class,
      description = "Whose profiles mixes are of (default: that of the first nodes).")
  private @Nullable String gpuModel;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "ml",
      description = "The namespace of claims and pods (default: ${DEFAULT-VALUE}).")
  private String namespace = "";

  /** Returns whether any are asked for. */
  boolean isEmpty() {
    return claims.isEmpty() && fill == null;
  }

  /**
   * Returns the namespace.
   *
   * @throws UsageException unless it can be one
   */
  String namespace() {
    return NAMESPACE.name(namespace, NameSyntax.LABEL);
  }

  /**
   * Returns how many claims of each shape are wanted.
   *
   * @throws UsageException if an option says what can't be
   */
  ImmutableMultiset<ClaimShape> shapes(HardwareCatalog catalog, List<NodeGroup> nodes, long seed) {
    ClaimKinds kinds = new ClaimKinds(catalog, nodes, Optional.ofNullable(gpuModel), seed);
    ImmutableMultiset.Builder<ClaimShape> shapes = ImmutableMultiset.builder();
    claims.forEach(word -> shapes.addAll(kinds.counted(word)));
    if (fill != null) {
      shapes.addAll(kinds.filling(fill));
    }
    return shapes.build();
  }
}
