package io.tangram.k8s.cli;

import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.ReasonCode;
import io.tangram.k8s.read.LeftOut;
import io.tangram.k8s.write.RunReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the command says of a plan when it ends: a table for people, lines for logs. */
final class ClosingWords {

  private ClosingWords() {}

  /** What stays out for one reason. */
  private static final class Group {
    private final String example;
    private final LeftOut reason;
    private int count;

    Group(String example, LeftOut reason) {
      this.example = example;
      this.reason = reason;
    }
  }

  /** Returns one line. */
  static String line(RunReport report) {
    AllocationPlan plan = report.plan();
    return plan.allocations().size()
        + " of "
        + report.pending()
        + " claims allocated, "
        + (report.pendingPods() + report.skippedPods() == 0 ? "" : pods(report) + ", ")
        + plan.status()
        + ", "
        + DurationText.seconds(report.total())
        + reasons("; left out: ", leftOut(report))
        + reasons("; pods left out: ", report.podsLeftOut());
  }

  private static String reasons(String lead, Map<?, LeftOut> leftOut) {
    String reasons =
        byReason(leftOut).entrySet().stream()
            .map(each -> each.getValue().count + " " + each.getKey())
            .collect(Collectors.joining(", "));
    return reasons.isEmpty() ? "" : lead + reasons;
  }

  /** Returns one line, and an example for each reason why something stays out. */
  static List<String> lines(RunReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(line(report));
    byReason(leftOut(report)).forEach((code, left) -> lines.add(reason(code, left)));
    return lines;
  }

  /** Returns the lines of a table. */
  static List<String> table(RunReport report, Amounts amounts) {
    AllocationPlan plan = report.plan();
    List<String> lines = new ArrayList<>();
    lines.add(row("claims", claims(report)));
    if (report.pendingPods() + report.skippedPods() > 0) {
      lines.add(row("pods", podsInFull(report)));
    }
    int devices = plan.allocations().values().stream().mapToInt(a -> a.devices().size()).sum();
    lines.add(
        row(
            "devices",
            count(devices) + " given, " + count(plan.statistics().devices()) + " published"));
    plan.objectives()
        .forEach(objective -> lines.add(row(objective.name(), standing(objective, amounts))));
    lines.add(row("time", time(report)));
    if (!report.unallocated().isEmpty()) {
      lines.add(row("left out", count(report.unallocated().size())));
      byReason(leftOut(report)).forEach((code, left) -> lines.add(reason(code, left)));
    }
    if (!report.podsLeftOut().isEmpty()) {
      lines.add(row("pods out", count(report.podsLeftOut().size()) + " beside"));
      byReason(report.podsLeftOut()).forEach((code, left) -> lines.add(reason(code, left)));
    }
    return lines;
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "%-13s %s", name, value);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String claims(RunReport report) {
    return count(report.plan().allocations().size())
        + " of "
        + count(report.pending())
        + " allocated, "
        + (switch (report.plan().status()) {
          case OPTIMAL -> "proven optimal";
          case FEASIBLE -> "not proven optimal";
        })
        + (report.held() == 0 ? "" : ", " + count(report.held()) + " held before");
  }

  private static String pods(RunReport report) {
    return report.plan().placements().size()
        + " of "
        + report.pendingPods()
        + " pods placed"
        + (report.skippedPods() == 0
            ? ""
            : ", " + report.skippedPods() + " without devices skipped");
  }

  private static String podsInFull(RunReport report) {
    return count(report.plan().placements().size())
        + " of "
        + count(report.pendingPods())
        + " placed"
        + (report.skippedPods() == 0
            ? ""
            : ", " + count(report.skippedPods()) + " without devices skipped");
  }

  private static String standing(ObjectiveResult objective, Amounts amounts) {
    String value =
        amounts.showWithUnit(objective.name(), (double) objective.value())
            + (objective.tier() == 0 ? "" : " in tier " + objective.tier());
    if (objective.bound().isEmpty()) {
      return value + ", no bound";
    }
    return value
        + String.format(
            Locale.ROOT,
            ", bound %s, gap %.2f %%",
            amounts.show(objective.name(), (double) objective.bound().getAsLong()),
            100 * objective.gap().orElseThrow());
  }

  private static String time(RunReport report) {
    PlanStatistics statistics = report.plan().statistics();
    return DurationText.seconds(report.total())
        + ": read "
        + DurationText.seconds(report.read())
        + ", compile "
        + DurationText.seconds(statistics.compile())
        + ", solve "
        + DurationText.seconds(statistics.solve())
        + " ("
        + statistics.strategy()
        + "), check "
        + DurationText.seconds(statistics.check())
        + ", write "
        + DurationText.seconds(report.write());
  }

  private static String reason(ReasonCode code, Group left) {
    return String.format(
        Locale.ROOT,
        "  %,6d %s, such as %s: %s",
        left.count,
        code,
        OneLine.of(left.example),
        OneLine.of(left.reason.message()));
  }

  /** The claims that stay out; of one that nobody wrote, its pod. */
  private static Map<String, LeftOut> leftOut(RunReport report) {
    Map<String, LeftOut> leftOut = new LinkedHashMap<>();
    report
        .unallocated()
        .forEach(
            (claim, reason) -> {
              WorkloadId pod = report.extended().get(claim);
              leftOut.put(pod == null ? claim.toString() : "pod " + pod, reason);
            });
    return leftOut;
  }

  /** Returns what stays out by reason, the most frequent first. */
  private static Map<ReasonCode, Group> byReason(Map<?, LeftOut> leftOut) {
    Map<ReasonCode, Group> reasons = new EnumMap<>(ReasonCode.class);
    leftOut.forEach(
        (what, reason) ->
            reasons.computeIfAbsent(reason.code(), code -> new Group(what.toString(), reason))
                .count++);
    return reasons.entrySet().stream()
        .sorted(Comparator.comparing(each -> -each.getValue().count))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }
}
