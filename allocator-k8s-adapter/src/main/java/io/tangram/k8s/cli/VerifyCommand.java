package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.PlanChecker;
import io.tangram.api.check.Violation;
import io.tangram.api.check.Violation.Severity;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.ClusterReader;
import io.tangram.k8s.read.ClusterView;
import io.tangram.k8s.read.InputFiles;
import io.tangram.k8s.verify.GroupTopologyCheck;
import io.tangram.k8s.verify.ReservationCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tangram verify}. */
@Command(
    name = "verify",
    sortOptions = false,
    header = "Checks the allocations that claims have against the rules.",
    description = {
      "",
      "Looks at every status.allocation of the input and writes one line per finding: rule, claim,"
          + " device, what is wrong. A violation is what could never stand: a device given twice,"
          + " an overdrawn counter or capacity, a malformed result, a wrong node selector. Drift is"
          + " what was right once: a device that has gone, a selector, class or taint that no"
          + " longer matches. Drift is a warning on standard error.",
      "",
      "Where the input has Pods, it also looks at who uses claims: reservations for pods that have"
          + " gone, pods on nodes where their claims are not allocated, reserved or usable, and parts"
          + " of nodes that several pods or no container has.",
      ""
    },
    optionListHeading = "Options:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no violation",
      "1:a violation, or with --strict any finding",
      "2:bad usage or bad input; one line says which file, object, field and rule",
      "70:internal error",
      "130:interrupted; nothing is known of what was not checked"
    },
    footer = {
      "",
      "Examples:",
      "  tangram verify -f cluster.yaml",
      "  tangram allocate -f cluster.yaml | tangram verify -f cluster.yaml --result -"
    })
final class VerifyCommand implements Callable<Integer> {

  private final Engines engines;
  private final Surroundings surroundings;

  @Mixin private InputOption input = new InputOption();

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description =
          "What allocate wrote for the input: its claims and pods stand for those of -f. Also a"
              + " folder, or - for standard input. Repeatable.")
  private List<String> results = new ArrayList<>();

  @Mixin private ViewOptions viewOptions = new ViewOptions();

  @Mixin private TopologyOption topology = new TopologyOption();

  @Option(names = "--strict", description = "Take drift for a violation.")
  private boolean strict;

  VerifyCommand(Engines engines, Surroundings surroundings) {
    this.engines = engines;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    surroundings.out().requireOpen();
    surroundings.interruption().lastWords("interrupted before everything was checked.");
    if (results.contains(InputFiles.STANDARD_INPUT)
        && input.names().contains(InputFiles.STANDARD_INPUT)) {
      throw new UsageException("--result -: -f reads standard input already; use a file.");
    }
    ClusterView view = viewOptions.view().listing(topology.listings(surroundings.in()));
    Cluster cluster =
        ClusterReader.create(engines.expressions())
            .withView(view)
            .forChecking()
            .read(
                input.files(surroundings.in()),
                InputFiles.find("--result", results, surroundings.in()));
    AllocationProblem problem = cluster.problem();
    ViewOptions.warnings(view).forEach(surroundings::warn);
    cluster.warnings().forEach(surroundings::warn);
    List<Violation> findings =
        ImmutableList.<Violation>builder()
            .addAll(Omissions.summed(PlanChecker.of(problem).checkHeld(), cluster))
            .addAll(ReservationCheck.findings(cluster))
            .addAll(GroupTopologyCheck.findings(cluster))
            .build();
    List<Violation> violations = findings.stream().filter(this::isViolation).toList();

    PrintStream out = new PrintStream(surroundings.out(), false, StandardCharsets.UTF_8);
    violations.forEach(each -> out.println(OneLine.of(each.toString())));
    out.flush();
    findings.stream()
        .filter(finding -> !isViolation(finding))
        .forEach(each -> surroundings.warn("drift: " + each));
    surroundings
        .err()
        .println(
            count(problem.held().size(), "allocation")
                + " checked: "
                + count(violations.size(), "violation")
                + ", "
                + count(findings.size() - violations.size(), "warning")
                + " of drift");
    return violations.isEmpty() ? ExitCode.DONE : ExitCode.UNSATISFIED;
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private boolean isViolation(Violation finding) {
    return strict || finding.severity() == Severity.VIOLATION;
  }
}
