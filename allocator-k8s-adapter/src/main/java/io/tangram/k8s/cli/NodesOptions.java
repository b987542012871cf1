package io.tangram.k8s.cli;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multiset;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.device.Quantity;
import io.tangram.k8s.generate.ImmutableNodeGroup;
import io.tangram.k8s.generate.NodeGroup;
import io.tangram.k8s.read.NameSyntax;
import io.tangram.k8s.read.NearNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code tangram generate} that describe nodes of one kind. */
final class NodesOptions {

  private static final int MOST_NODES = 1_000_000_000;
  private static final Quantity PODS_OF_A_NODE = Quantity.of(110);

  private static final ImmutableSet<String> EFFECTS =
      ImmutableSet.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private static final Pairs NODES = new Pairs("--nodes", "MACHINE=COUNT, such as 8xH100-80GB=4");
  private static final Pairs PREFIX = new Pairs("--prefix", "a name");
  private static final Pairs LABEL = new Pairs("--label", "KEY=VALUE");
  private static final Pairs TAINT =
      new Pairs("--taint", "KEY=VALUE:EFFECT or KEY:EFFECT, such as gpu=yes:NoSchedule");
  private static final Pairs PARTITIONS =
      new Pairs("--partitions", "on-demand, none, or profiles with commas between");

  @Option(
      names = "--nodes",
      required = true,
      paramLabel = "MACHINE=COUNT",
      completionCandidates = GenerateWords.Machines.class,
      description = {
        "So many nodes of a machine that tangram catalog lists, such as 8xH100-80GB=4. Repeatable;"
            + " the options below are those of the nodes before them."
      })
  private String nodes = "";

  @Option(
      names = "--prefix",
      paramLabel = "NAME",
      description = "What the nodes' names begin with (default: made of the machine).")
  private @Nullable String prefix;

  @Option(
      names = "--partitions",
      paramLabel = "HOW",
      completionCandidates = GenerateWords.Partitions.class,
      description = {
        "Which devices are published for the GPUs.",
        "on-demand: every MIG placement, and counters that say which go together; also the whole"
            + " GPU, but not for Ampere (default).",
        "none: whole GPUs.",
        "PROFILE,...: GPUs that have been parted so, such as 3g.40gb,2g.20gb,1g.10gb."
      })
  private String partitions = "on-demand";

  @Option(
      names = "--nics",
      description = "Publish the machine's NICs as well, with their PCIe roots.")
  private boolean nics;

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A label. Repeatable.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--taint",
      paramLabel = "KEY[=VALUE]:EFFECT",
      description = "A taint of the nodes: NoSchedule, PreferNoSchedule or NoExecute. Repeatable.")
  private List<String> taints = new ArrayList<>();

  @Option(
      names = "--node-cpu",
      paramLabel = "CORES",
      converter = GenerateWords.QuantityWord.class,
      description = "The CPU that pods can have of a node (default: 128).")
  private Quantity cpu = Quantity.of(128);

  @Option(
      names = "--node-memory",
      paramLabel = "AMOUNT",
      converter = GenerateWords.QuantityWord.class,
      description = "The memory that pods can have of a node (default: 1Ti).")
  private Quantity memory = Quantity.gibibytes(1024);

  /**
   * Returns the nodes.
   *
   * @throws UsageException if an option says what can't be
   */
  NodeGroup group(HardwareCatalog catalog) {
    Pairs.Halves halves = NODES.split(nodes);
    MachineModel machine = machine(catalog, halves.left());
    int count = NODES.count(halves.right(), MOST_NODES);
    String start = prefix == null ? defaultPrefix(machine) : prefix;
    requireNames(start + "-" + count);
    ImmutableNodeGroup.Builder group =
        NodeGroup.builder()
            .template(template(machine))
            .prefix(start)
            .count(count)
            .allocatable(ImmutableMap.of("cpu", cpu, "memory", memory, "pods", PODS_OF_A_NODE));
    taints.forEach(taint -> group.addTaints(taint(taint)));
    return group.build();
  }

  private static void requireNames(String last) {
    if (!NameSyntax.LABEL.accepts(last)) {
      throw PREFIX.bad("'" + last + "', made of it, is not " + NameSyntax.LABEL.description());
    }
  }

  private static MachineModel machine(HardwareCatalog catalog, String name) {
    return catalog.machines().stream()
        .filter(machine -> machine.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                NODES.bad(
                    "'"
                        + name
                        + "' is no machine; "
                        + NearNames.question(
                            name,
                            catalog.machines().stream().map(MachineModel::name).toList(),
                            "tangram catalog lists what there is")));
  }

  /** The machine without the number of its GPUs, in the letters of names. */
  private static String defaultPrefix(MachineModel machine) {
    return machine
        .name()
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^[0-9]+x", "")
        .replaceAll("[^a-z0-9]+", "-");
  }

  private NodeTemplate template(MachineModel machine) {
    try {
      return NodeTemplate.builder()
          .machine(machine)
          .partitioning(partitioning(machine.gpuModel()))
          .withNics(nics)
          .labels(labels())
          .build();
    } catch (IllegalArgumentException e) {
      boolean onDemand = partitions.equals(GenerateWords.ON_DEMAND);
      throw new UsageException(
          "--nodes "
              + nodes
              + ": "
              + e.getMessage()
              + (onDemand ? " Whole GPUs are published with --partitions none." : ""));
    }
  }

  private Map<String, String> labels() {
    Map<String, String> byKey = new LinkedHashMap<>();
    for (String label : labels) {
      Pairs.Halves halves = LABEL.split(label);
      byKey.put(
          LABEL.name(halves.left(), NameSyntax.LABEL_KEY),
          LABEL.name(halves.right(), NameSyntax.LABEL_VALUE));
    }
    return byKey;
  }

  private static NodeGroup.NodeTaint taint(String word) {
    int colon = word.lastIndexOf(':');
    String effect = word.substring(colon + 1);
    if (colon < 1 || !EFFECTS.contains(effect)) {
      throw TAINT.bad(
          "'" + word + "' is not " + TAINT.shape() + "; effects are " + String.join(", ", EFFECTS));
    }
    String left = word.substring(0, colon);
    int sign = left.indexOf('=');
    String value = sign < 0 ? "" : left.substring(sign + 1);
    return new NodeGroup.NodeTaint(
        TAINT.name(sign < 0 ? left : left.substring(0, sign), NameSyntax.LABEL_KEY),
        value.isEmpty() ? "" : TAINT.name(value, NameSyntax.LABEL_VALUE),
        effect);
  }

  private Partitioning partitioning(GpuModel model) {
    return switch (partitions) {
      case GenerateWords.ON_DEMAND -> Partitioning.EVERY_PLACEMENT;
      case GenerateWords.WHOLE -> Partitioning.WHOLE_GPUS;
      default -> fixed(model);
    };
  }

  /** The first of the layouts that have these profiles, wherever they lie. */
  private Partitioning fixed(GpuModel model) {
    Multiset<String> wanted = HashMultiset.create(Arrays.asList(partitions.split(",", -1)));
    List<MigProfile> profiles =
        model.profiles().stream().filter(profile -> wanted.contains(profile.name())).toList();
    return model.layouts(profiles).stream()
        .filter(layout -> layout.profiles().equals(wanted))
        .findFirst()
        .map(Partitioning::fixed)
        .orElseThrow(
            () ->
                PARTITIONS.bad(
                    "'"
                        + partitions
                        + "' is not "
                        + PARTITIONS.shape()
                        + " that one "
                        + model.key()
                        + " can have together; tangram catalog "
                        + model.key()
                        + " draws what it can"));
  }
}
