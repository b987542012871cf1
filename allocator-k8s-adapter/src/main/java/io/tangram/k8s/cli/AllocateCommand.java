package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.tangram.api.AllocationOptions;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.reference.Defect;
import io.tangram.k8s.read.ClusterView;
import io.tangram.k8s.read.InputFile;
import io.tangram.k8s.read.InputFiles;
import io.tangram.k8s.write.ResultFormat;
import io.tangram.k8s.write.RunReport;
import io.tangram.k8s.write.SummaryWriter;
import io.tangram.k8s.write.WholeFile;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tangram allocate}. */
@Command(
    name = "allocate",
    sortOptions = false,
    header = "Gives devices to pending ResourceClaims, as many and as well as can be.",
    description = {
      "",
      "Reads a cluster and its claims, plans the best legal allocation, proves how good it is, and"
          + " writes every claim of the input to standard output: allocated ones with the"
          + " status.allocation that kube-scheduler would write, others unchanged. A claim that has"
          + " devices keeps them.",
      "",
      "Pending Pods are placed whole, with all their claims on one node, or not at all; those that"
          + " use no devices are skipped, those that run take from their nodes. A claim that no pod"
          + " names is placed alone.",
      "",
      "At the end standard error says how many claims got devices, why others did not, and OPTIMAL"
          + " where every objective is proven; FEASIBLE is a legal plan of which that is not known.",
      ""
    },
    optionListHeading = "Options:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also when some claims had to stay unallocated",
      "1:with --require-all, a claim stayed unallocated, or a pod unplaced",
      "2:bad usage or bad input; one line says which file, object, field and rule",
      "3:the time limit passed before the problem was compiled",
      "70:internal error, or a full disk",
      "130:interrupted; the best plan so far is written"
    },
    footer = {
      "",
      "Examples:",
      "  What a cluster has, and what its scheduler could do best with it:",
      "    kubectl get -A -o yaml nodes,namespaces,pods,priorityclasses,\\",
      "resourceslices,deviceclasses,resourceclaims,\\",
      "resourceclaimtemplates > cluster.yaml",
      "    (devicetaintrules and podgroups too, where the cluster has them)",
      "    tangram allocate -f cluster.yaml --with-pods > result.yaml",
      "  The proof, and a reason for every claim left out:",
      "    tangram allocate -f cluster.yaml -o none --summary summary.json",
      "  What kube-scheduler's own allocator would make of it:",
      "    tangram allocate -f cluster.yaml -o none --allocator first-fit",
      "  Room for claims like last month's, and little change of an earlier result:",
      "    tangram allocate -f cluster.yaml --expect last-month.yaml \\",
      "--start result.yaml --objectives stability,fit,fragmentation",
      "  Many clusters, a file each; many claims for one cluster, apart from each other:",
      "    tangram allocate -f clusters/ --each results/",
      "    tangram allocate -f claims/ --shared cluster.yaml --each results/"
    })
final class AllocateCommand implements Callable<Integer> {

  private static final String ON_ERROR = "-";

  private final Engines engines;
  private final Surroundings surroundings;

  @Mixin private InputOption input = new InputOption();

  @Option(
      names = "--allocator",
      paramLabel = "NAME",
      description = {
        "optimal: the best plan, proven (default).",
        "Others take claims one by one in the order of --admit in-order, and prove nothing:",
        "first-fit: the first devices that fit, as kube-scheduler takes them.",
        "best-fit: the smallest devices that do the job, on the fullest GPUs and nodes.",
        "fragmentation: those that leave the rest most useful for claims to come (--expect; by"
            + " default like those pending, each kind alike)."
      })
  private @Nullable String allocator;

  @Option(
      names = "--compat",
      paramLabel = "VERSION",
      converter = Words.ReferenceVersion.class,
      description =
          "With first-fit: also do what kube-scheduler does wrong in this version of Kubernetes, 1.36"
              + " (as of 1.36.2) or 1.37 (as of July 2026). A warning says where, and which rule it"
              + " breaks.")
  private @Nullable KubernetesVersion compat;

  @Option(
      names = "--admit",
      paramLabel = "WHICH",
      defaultValue = "most-claims",
      converter = Words.AdmissionWord.class,
      completionCandidates = Words.Admissions.class,
      description = {
        "Which claims to admit when not all fit. Higher priorities always come first.",
        "most-claims: as many claims as possible, and of these as many pods (default).",
        "most-device-share: as much of the devices as possible. A device counts 1, a partition the"
            + " largest part that it takes of what the partitions share, such as 1/7; in the summary"
            + " in millionths.",
        "in-order: one behind the other, by creation time, where that is equal or missing (then"
            + " last) in the order of the input. What can't fit any more is skipped, and holds up"
            + " nobody. In the summary it counts claims."
      })
  private Admission admission = Admission.MOST_CLAIMS;

  @Mixin private ViewOptions viewOptions = new ViewOptions();

  @Mixin private TopologyOption topology = new TopologyOption();

  @Mixin private ObjectivesOptions objectives = new ObjectivesOptions();

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Words.DurationWord.class,
      description =
          "For compiling, solving and checking together, such as 10s, 1m30s or 250ms (default:"
              + " ${DEFAULT-VALUE}); reading and writing come on top. The best plan by then is"
              + " written; claims that were not decided stay out, with the reason NOT_PROVEN.")
  private Duration timeLimit = Duration.ZERO;

  @Option(
      names = "--gap",
      paramLabel = "PART",
      converter = Words.Part.class,
      defaultValue = "0",
      description =
          "Stop when an objective is proven to be within this part of the best, such as 0.01"
              + " (default: ${DEFAULT-VALUE}, prove it).")
  private double gap;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Words.WholeNumber.class,
      defaultValue = "1",
      description =
          "Share IDs and missing uids are made from it (default: ${DEFAULT-VALUE}). The same input"
              + " and seed give the same plan.")
  private long seed;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = Words.Count.class,
      description =
          "Threads that may work at a time (default: the number of processors). The plan does not"
              + " depend on it.")
  private @Nullable Integer workers;

  @Option(
      names = "--now",
      paramLabel = "TIME",
      converter = Words.InstantWord.class,
      description =
          "The time that results carry, in RFC 3339 (default: SOURCE_DATE_EPOCH, else now).")
  private @Nullable Instant now;

  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      defaultValue = "yaml",
      converter = Words.FormatWord.class,
      description = "yaml, json, ndjson (an object a line) or none (default: ${DEFAULT-VALUE}).")
  private ResultFormat format = ResultFormat.YAML;

  @Option(
      names = "--with-pods",
      description =
          "Write the pods that change too: their node, and the names of claims generated for them.")
  private boolean withPods;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description =
          "Write what was reached, proven and left out, and why, as JSON (-: to standard error). An"
              + " older file of this name is removed at the start, so that there is none if the run"
              + " comes to no plan.")
  private @Nullable String summary;

  @Option(
      names = "--require-all",
      description =
          "Exit with 1 if a claim stays unallocated, or a pod that uses devices unplaced.")
  private boolean requireAll;

  @Option(
      names = "--each",
      paramLabel = "DIR",
      description =
          "Take every file as a whole cluster of its own, and write its result and its"
              + " NAME.summary.json into this folder. A bad file gets a summary that says why, and"
              + " the rest go on. The time limit is for each, the exit code the highest.")
  private @Nullable Path each;

  @Option(
      names = "--shared",
      paramLabel = "FILE",
      description =
          "With --each: objects that every file is to begin with, such as the nodes and slices of"
              + " the one cluster that many files of claims are for. Claims among them are in every"
              + " result. Also a folder, or - for standard input. Repeatable.")
  private List<String> shared = new ArrayList<>();

  AllocateCommand(Engines engines, Surroundings surroundings) {
    this.engines = engines;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    AllocateSettings settings = settings();
    surroundings
        .interruption()
        .lastWords("interrupted before there was a plan; nothing is written.");
    GuideFiles guides =
        objectives.files(
            settings.allocator(), topology.isGiven(), standardInputReader(), surroundings.in());
    if (each != null) {
      return each(settings, guides, each);
    }
    if (!shared.isEmpty()) {
      throw new UsageException("--shared: goes with --each; name these files with -f.");
    }
    requireStreams(settings);
    List<InputFile> files = input.files(surroundings.in());
    if (summary != null && !ON_ERROR.equals(summary)) {
      new OutputCheck("--summary", ImmutableList.copyOf(Iterables.concat(files, beside(guides))))
          .file(Path.of(summary));
      WholeFile.remove(Path.of(summary));
    }
    engines.warmUp().start(settings.allocator());
    settings = settings.withGuidance(guides.read(engines.expressions()));
    Progress progress = Progress.on(surroundings, settings);
    RunReport report =
        new AllocationRun(engines, settings, surroundings.interruption(), progress)
            .run(
                files,
                result -> {
                  result.writeTo(surroundings.out());
                  surroundings.out().flush();
                });
    close(report, settings);
    return exitCode(report, settings);
  }

  /** The files that are read beside the objects. */
  private ImmutableList<InputFile> beside(GuideFiles guides) {
    return ImmutableList.copyOf(Iterables.concat(guides.all(), topology.files(surroundings.in())));
  }

  /** Returns the option of those above that reads standard input, if one does. */
  private Optional<String> standardInputReader() {
    if (input.names().contains(InputFiles.STANDARD_INPUT)) {
      return Optional.of("-f");
    }
    return shared.contains(InputFiles.STANDARD_INPUT) ? Optional.of("--shared") : Optional.empty();
  }

  private void requireStreams(AllocateSettings settings) {
    if (settings.format() != ResultFormat.NONE) {
      surroundings.out().requireOpen();
    }
    if (ON_ERROR.equals(summary) && surroundings.err().checkError()) {
      throw new UsageException("--summary -: standard error is closed; open it, or name a file.");
    }
  }

  private int each(AllocateSettings settings, GuideFiles guides, Path folder) throws IOException {
    if (summary != null) {
      throw new UsageException(
          "--summary: --each writes a summary beside every result; leave --summary out.");
    }
    EachFile eachFile =
        EachFile.plan(
            input.names(), shared, beside(guides), surroundings, folder, settings.format());
    engines.warmUp().start(settings.allocator());
    return eachFile.run(engines, settings.withGuidance(guides.read(engines.expressions())));
  }

  /** The exit code of a run that came to its end. */
  static int exitCode(RunReport report, AllocateSettings settings, Interruption interruption) {
    if (interruption.isInterrupted()) {
      return ExitCode.INTERRUPTED;
    }
    boolean allServed = report.unallocated().isEmpty() && report.podsLeftOut().isEmpty();
    return settings.requireAll() && !allServed ? ExitCode.UNSATISFIED : ExitCode.DONE;
  }

  private int exitCode(RunReport report, AllocateSettings settings) {
    return exitCode(report, settings, surroundings.interruption());
  }

  /** A summary on standard error stands alone, so that programs can read it there. */
  private void close(RunReport report, AllocateSettings settings) throws IOException {
    boolean summaryOnError = ON_ERROR.equals(summary);
    if (surroundings.interruption().isInterrupted() && !summaryOnError) {
      surroundings.err().println("tangram: interrupted; this is the best plan so far.");
    }
    if (surroundings.terminal()) {
      report.warnings().forEach(surroundings::warn);
      ClosingWords.table(report, settings.amounts()).forEach(surroundings.err()::println);
    } else if (!summaryOnError) {
      report.warnings().forEach(surroundings::warn);
      ClosingWords.lines(report).forEach(surroundings.err()::println);
    }
    if (summaryOnError) {
      SummaryWriter.write(report, HeapPeak.mebibytes(), surroundings.err());
      if (surroundings.err().checkError()) {
        throw new FileSystemException("standard error");
      }
    } else if (summary != null) {
      long heap = HeapPeak.mebibytes();
      WholeFile.write(Path.of(summary), out -> SummaryWriter.write(report, heap, out));
    }
  }

  private AllocateSettings settings() {
    String name = allocator == null ? engines.defaultAllocator() : allocator;
    if (!engines.allocators().containsKey(name)) {
      throw new UsageException(
          "--allocator: '"
              + name
              + "' must be one of "
              + String.join(", ", engines.allocators().keySet())
              + ".");
    }
    if (compat != null && !name.equals(FirstFitAllocator.NAME)) {
      throw new UsageException(
          "--compat: goes with --allocator first-fit; allocator " + name + " keeps to the rules.");
    }
    AllocationOptions options =
        AllocationOptions.builder()
            .admission(admission)
            .objectives(objectives.objectives(topology.isGiven()))
            .linkObjective(objectives.linkObjective())
            .timeLimit(timeLimit)
            .gap(gap)
            .seed(seed)
            .workers(workers == null ? Runtime.getRuntime().availableProcessors() : workers)
            .build();
    return new AllocateSettings(
        name,
        Optional.ofNullable(compat),
        options,
        objectives.areDefault(),
        Guidance.NONE,
        compat == null ? view() : view().reproducing(Defect.of(compat)),
        format,
        now(),
        withPods,
        requireAll);
  }

  private ClusterView view() {
    ClusterView listing = viewOptions.view().listing(topology.listings(surroundings.in()));
    return objectives.objectives(topology.isGiven()).contains(Objective.BANDWIDTH)
        ? listing.readingLinks()
        : listing;
  }

  private Instant now() {
    if (now != null) {
      return now;
    }
    String epoch = surroundings.environment().getOrDefault("SOURCE_DATE_EPOCH", "");
    if (epoch.isEmpty()) {
      return surroundings.clock().instant();
    }
    try {
      return Instant.ofEpochSecond(Long.parseLong(epoch));
    } catch (NumberFormatException | DateTimeException e) {
      throw new UsageException(
          "SOURCE_DATE_EPOCH is '" + epoch + "'; it must be seconds since 1970, or not set.");
    }
  }
}
