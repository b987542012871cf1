package io.tangram.k8s.cli;

import static io.tangram.k8s.cli.GenerateWords.AUTO;

import io.tangram.api.device.Quantity;
import io.tangram.k8s.generate.AmountRange;
import io.tangram.k8s.generate.ImmutablePodPlan;
import io.tangram.k8s.generate.PodPlan;
import io.tangram.k8s.read.NameSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code tangram generate} that describe pods. */
final class PodsOptions {

  /** Values above are Kubernetes' own. */
  private static final int MOST_PRIORITY = 1_000_000_000;

  private static final Pairs PRIORITY = new Pairs("--priority", "NAME=VALUE, such as high=1000");

  @Option(
      names = "--pods",
      paramLabel = "N|auto",
      converter = GenerateWords.PodCount.class,
      completionCandidates = GenerateWords.PodCounts.class,
      description =
          "Deal the pending claims out among so many pending pods, one at least to each. auto: so"
              + " many that they have 2 claims on the average, in the middle between 1 and the most."
              + " Held claims then have running pods.")
  private @Nullable OptionalInt pods;

  @Option(
      names = "--claims-per-pod",
      paramLabel = "MOST",
      converter = Words.Count.class,
      description = "The most claims of a pending pod (default: 3).")
  private @Nullable Integer mostClaims;

  @Option(
      names = "--pod-cpu",
      paramLabel = "RANGE",
      description = "The CPU that a pod requests (default: 1-8 cores).")
  private @Nullable String cpu;

  @Option(
      names = "--pod-memory",
      paramLabel = "RANGE",
      description = "The memory that a pod requests (default: 4Gi-32Gi).")
  private @Nullable String memory;

  @Option(
      names = "--templates",
      paramLabel = "PART",
      converter = Words.Part.class,
      description =
          "The part of the pending claims that pods have of a ResourceClaimTemplate (default: 0).")
  private @Nullable Double templates;

  @Option(
      names = "--priority",
      paramLabel = "NAME=VALUE",
      description =
          "A PriorityClass. Repeatable; pods have each of them equally often (default: none).")
  private List<String> priorities = new ArrayList<>();

  /**
   * Returns the pods, if any are asked for.
   *
   * @param claims how many pending claims there are
   * @throws UsageException if an option says what can't be
   */
  Optional<PodPlan> plan(int claims) {
    if (pods == null) {
      refuseOthers();
      return Optional.empty();
    }
    if (pods.isEmpty() && claims == 0) {
      throw new UsageException(
          "--pods: there are no claims for " + AUTO + " to deal out; add --claims or --fill.");
    }
    int most = mostClaims == null ? PodPlan.MOST_CLAIMS : mostClaims;
    ImmutablePodPlan.Builder plan =
        PodPlan.builder()
            .pending(pods.orElseGet(() -> PodPlan.podsFor(claims, most)))
            .mostClaims(most);
    if (cpu != null) {
      plan.cpu(range("--pod-cpu", cpu, AmountRange::ofCpu));
    }
    if (memory != null) {
      plan.memory(range("--pod-memory", memory, AmountRange::ofMemory));
    }
    if (templates != null) {
      plan.fromTemplates(templates);
    }
    for (String priority : priorities) {
      Pairs.Halves halves = PRIORITY.split(priority);
      String name = PRIORITY.name(halves.left(), NameSyntax.SUBDOMAIN);
      if (name.startsWith("system-")) {
        throw PRIORITY.bad("'" + name + "' begins with system-, which Kubernetes keeps for itself");
      }
      plan.putPriorities(name, PRIORITY.count(halves.right(), MOST_PRIORITY));
    }
    return Optional.of(plan.build());
  }

  private void refuseOthers() {
    String other =
        mostClaims != null
            ? "--claims-per-pod"
            : cpu != null
                ? "--pod-cpu"
                : memory != null
                    ? "--pod-memory"
                    : templates != null ? "--templates" : priorities.isEmpty() ? "" : "--priority";
    if (!other.isEmpty()) {
      throw new UsageException(other + ": there are no pods; ask for some with --pods auto.");
    }
  }

  private interface Ends extends BiFunction<Quantity, Quantity, AmountRange> {}

  private static AmountRange range(String option, String word, Ends ends) {
    String[] parts = word.split("-", -1);
    if (parts.length > 2) {
      throw new UsageException(
          option + ": '" + word + "' is not LEAST-MOST, such as 500m-4 or 4Gi-32Gi.");
    }
    try {
      GenerateWords.QuantityWord amounts = new GenerateWords.QuantityWord();
      return ends.apply(amounts.convert(parts[0]), amounts.convert(parts[parts.length - 1]));
    } catch (TypeConversionException e) {
      throw new UsageException(option + ": " + e.getMessage() + ".");
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
