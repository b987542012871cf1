package io.tangram.k8s.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Iterators;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.k8s.generate.ClaimShape;
import io.tangram.k8s.generate.HeldFill;
import io.tangram.k8s.generate.NodeGroup;
import io.tangram.k8s.generate.ObjectFormat;
import io.tangram.k8s.generate.SampleCluster;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tangram generate}. */
@Command(
    name = "generate",
    sortOptions = false,
    header = "Writes sample clusters, claims and pods.",
    description = {
      "",
      "Writes Kubernetes objects as drivers, users and kube-scheduler would have made them: nodes"
          + " with their ResourceSlices, device classes, claims that hold devices, pending claims,"
          + " pods. Objects are written as they are made, so a cluster of any size takes little"
          + " memory. The same options and seed give the same bytes.",
      ""
    },
    optionListHeading = "Options:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:bad usage; one line says which option and why",
      "70:internal error, or the output can't be written",
      "130:interrupted; what has been written is not all"
    },
    footer = {
      "",
      "Examples:",
      "  tangram generate --nodes 8xH100-80GB=4 --claims served=94 |",
      "    tangram allocate -f -",
      "  tangram generate --nodes 8xA100-80GB=10 --partitions none --nics \\",
      "    --claims pair=30 --claims 4gpus=6",
      "  tangram generate --nodes 8xH100-80GB=100 --held 0.4 --unhealthy 0.02 \\",
      "    --fill small=0.5 --pods auto -o ndjson",
      "  tangram generate --nodes 8xH100-80GB=40 --label tier=gold \\",
      "    --nodes 8xA100-40GB=10 --taint team=a:NoSchedule --claims capability=200",
      "  tangram generate --nodes 8xH100-80GB=50 --claims served=900 --pods 500 \\",
      "    --templates 0.3 --pod-cpu 2-12 --priority low=0 --priority high=1000"
    })
final class GenerateCommand implements Callable<Integer> {

  private static final int BUFFER = 1 << 16;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Words.WholeNumber.class,
      defaultValue = "1",
      description = "What everything that is left to chance depends on (default: 1).")
  private long seed;

  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      defaultValue = "yaml",
      converter = GenerateWords.FormatWord.class,
      completionCandidates = GenerateWords.Formats.class,
      description =
          "yaml (documents), json (a List) or ndjson (an object a line), which is the quickest to"
              + " read (default: ${DEFAULT-VALUE}).")
  private ObjectFormat format = ObjectFormat.YAML;

  @ArgGroup(exclusive = false, multiplicity = "0..*", heading = "%nNodes:%n", order = 1)
  private List<NodesOptions> nodes = new ArrayList<>();

  @ArgGroup(
      exclusive = false,
      validate = false,
      multiplicity = "0..1",
      heading = "%nAll nodes:%n",
      order = 2)
  private StateOptions state = new StateOptions();

  @ArgGroup(
      exclusive = false,
      validate = false,
      multiplicity = "0..1",
      heading = "%nClaims:%n",
      order = 3)
  private ClaimsOptions claims = new ClaimsOptions();

  @ArgGroup(
      exclusive = false,
      validate = false,
      multiplicity = "0..1",
      heading = "%nPods:%n",
      order = 4)
  private PodsOptions pods = new PodsOptions();

  /** What concerns the nodes of all kinds. */
  static final class StateOptions {

    @Option(
        names = "--zones",
        paramLabel = "N",
        converter = Words.CountOrNone.class,
        description = "Spread the nodes over so many zones (default: nodes tell no zone).")
    private int zones;

    @Option(
        names = "--held",
        paramLabel = "PART",
        converter = Words.Part.class,
        description = "About this part of the devices belongs to earlier claims (default: 0).")
    private double held;

    @Option(
        names = "--unhealthy",
        paramLabel = "PART",
        converter = Words.Part.class,
        description =
            "About this part of the GPUs has a fault, which the driver marks with a taint (default:"
                + " 0).")
    private double unhealthy;
  }

  GenerateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    surroundings.out().requireOpen();
    SampleCluster cluster = cluster();
    Map<String, Long> written = new TreeMap<>();
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(surroundings.out(), StandardCharsets.UTF_8), BUFFER);
    format.write("Made by: " + commandLine(), counted(cluster, written), out);
    out.flush();
    surroundings
        .err()
        .println(
            "generated "
                + written.entrySet().stream()
                    .map(each -> each.getValue() + " " + each.getKey())
                    .collect(Collectors.joining(", ")));
    return ExitCode.DONE;
  }

  private SampleCluster cluster() {
    HardwareCatalog catalog = HardwareCatalog.standard();
    List<NodeGroup> groups = nodes.stream().map(each -> each.group(catalog)).toList();
    if (groups.isEmpty() && claims.isEmpty()) {
      throw new UsageException(
          "there is nothing to generate; ask for --nodes, --claims or both, as tangram generate"
              + " --help shows.");
    }
    requireDistinctNames(groups);
    ImmutableMultiset<ClaimShape> pending = claims.shapes(catalog, groups, seed);
    SampleCluster cluster;
    try {
      cluster =
          SampleCluster.builder()
              .nodes(groups)
              .zones(state.zones)
              .held(HeldFill.part(state.held))
              .unhealthy(state.unhealthy)
              .pending(pending)
              .pods(pods.plan(pending.size()))
              .namespace(claims.namespace())
              .seed(seed)
              .build();
    } catch (IllegalArgumentException e) { // numbers are looked at before; these don't go together
      throw new UsageException("--pods: " + e.getMessage());
    }
    groups.stream()
        .flatMap(group -> group.template().machine().warning().stream())
        .distinct()
        .forEach(surroundings::warn);
    return cluster;
  }

  private static void requireDistinctNames(List<NodeGroup> groups) {
    Set<String> prefixes = new HashSet<>();
    for (NodeGroup group : groups) {
      if (!prefixes.add(group.prefix())) {
        throw new UsageException(
            "--nodes: the names of two kinds of nodes begin with "
                + group.prefix()
                + "; tell them apart with --prefix.");
      }
    }
  }

  private static Iterator<ObjectNode> counted(SampleCluster cluster, Map<String, Long> written) {
    return Iterators.transform(
        cluster.objects().iterator(),
        object -> {
          written.merge(object.path("kind").asText(), 1L, Long::sum);
          return object;
        });
  }

  /** What somebody would type to have the same again. */
  private String commandLine() {
    List<String> args = spec.root().commandLine().getParseResult().originalArgs();
    return "tangram "
        + args.stream()
            .map(
                arg ->
                    arg.matches("[A-Za-z0-9_./:=,+@-]+")
                        ? arg
                        : "'" + arg.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
  }
}
