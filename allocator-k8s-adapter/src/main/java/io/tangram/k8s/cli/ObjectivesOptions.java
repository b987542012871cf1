package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableList;
import io.tangram.api.plan.Objective;
import io.tangram.api.topology.LinkObjective;
import io.tangram.k8s.read.InputFile;
import io.tangram.k8s.read.InputFiles;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what to optimise after admission, and by what. */
final class ObjectivesOptions {

  private static final String NONE = "none";
  private static final String LINK_OBJECTIVE = "--link-objective";
  private static final String DEFAULT = "preference,fit,fragmentation,packing";
  private static final String DEFAULT_WITH_TOPOLOGY =
      "preference,bandwidth,fit,fragmentation,packing";

  @Option(
      names = "--objectives",
      paramLabel = "LIST",
      completionCandidates = ObjectiveWords.class,
      description = {
        "What to optimise after that, each without giving up what those before it reached. Default: "
            + DEFAULT
            + "; with --topology also bandwidth, and where a PodGroup prefers a topology also topology,"
            + " both after preference.",
        "preference: early alternatives of firstAvailable lists. The first counts 8 points, the"
            + " second 7, and so on.",
        "topology: groups of pods as near to each other, or as far apart, as they prefer. Counts the"
            + " racks, or whatever they name, beyond the first, and the pods that are too many in"
            + " one.",
        "bandwidth: devices of a claim that are joined well (--topology, --link-objective). Adds up"
            + " what the devices of each claim can send each other, in MB/s.",
        "fit: the smallest device that does the job. A device counts as much as its capacity is of"
            + " the greatest that its driver publishes, 1 without capacities.",
        "fragmentation: what stays free stays useful. Counts the devices that claims to come"
            + " (--expect; by default like those pending, each kind alike) can't have any more.",
        "packing: few nodes. Counts those on which no device was in use.",
        "cost: cheap nodes (--prices). Adds up what those cost that packing would count.",
        "spread: claims evenly over nodes. Counts by how much the squares of their numbers grow.",
        "stability: the devices of an earlier result (--start). Counts the claims that get them.",
        "none: nothing.",
        "Of preference, bandwidth and stability more is better, of the others less. The summary has fit,"
            + " fragmentation and cost in millionths."
      })
  private @Nullable String list;

  @Option(
      names = LINK_OBJECTIVE,
      paramLabel = "MEASURE",
      converter = Words.LinkObjectiveWord.class,
      completionCandidates = Words.LinkObjectives.class,
      description = {
        "For bandwidth: what counts of the devices of a claim.",
        "worst-pair: what the slowest pair can send each other, in one direction (default).",
        "aggregate: the sum over all pairs."
      })
  private @Nullable LinkObjective linkObjective;

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description = {
        "For fragmentation, the objective or the allocator: ResourceClaims and"
            + " ResourceClaimTemplates like those that are likely to come, such as the claims of"
            + " last month; what they hold doesn't matter. Also a folder, or - for standard input.",
        "Each counts once, or as often as an annotation says:",
        "  tangram.io/weight: \"30\""
      })
  private @Nullable String expect;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = {
        "For cost: what nodes cost while they are in use, in any unit, with at most six decimals;"
            + " or - for standard input. The first entry that is for a node counts:",
        "  prices:",
        "  - matchLabels:",
        "      node.kubernetes.io/instance-type: p5.48xlarge",
        "    price: 98.32",
        "  - model: 8xH100-80GB   # GPUs as in tangram catalog",
        "    price: 31.5",
        "  default: 10            # for all other nodes"
      })
  private @Nullable String prices;

  @Option(
      names = "--start",
      paramLabel = "FILE",
      description = {
        "An earlier result for these claims: where the search starts, as far as it is still legal,"
            + " and what stability keeps to. Also a folder, or - for standard input."
      })
  private @Nullable String start;

  /** Lists the words of the list. */
  static final class ObjectiveWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return words().iterator();
    }
  }

  private static List<String> words() {
    return Stream.concat(Arrays.stream(Objective.values()).map(Objective::label), Stream.of(NONE))
        .toList();
  }

  /**
   * Returns the objectives, without what only some problems have by default.
   *
   * @param topology whether it is named how devices are joined
   * @throws UsageException if the list names what is none, or one twice
   */
  ImmutableList<Objective> objectives(boolean topology) {
    String named = list;
    if (named == null) {
      named = topology ? DEFAULT_WITH_TOPOLOGY : DEFAULT;
    }
    if (named.equals(NONE)) {
      return ImmutableList.of();
    }
    List<Objective> chosen = new ArrayList<>();
    for (String word : named.split(",", -1)) {
      Objective objective =
          Arrays.stream(Objective.values())
              .filter(each -> each.label().equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      bad(
                          word.equals(NONE)
                              ? "none goes with no other of"
                              : "'" + word + "' must be one of"));
      if (chosen.contains(objective)) {
        throw bad(word + " is there twice; name each once, of");
      }
      chosen.add(objective);
    }
    return ImmutableList.copyOf(chosen);
  }

  /** By what bandwidth measures the devices of a claim. */
  LinkObjective linkObjective() {
    return linkObjective == null ? LinkObjective.WORST_PAIR : linkObjective;
  }

  /** Whether nobody said what they are. */
  boolean areDefault() {
    return list == null;
  }

  private static UsageException bad(String problem) {
    return new UsageException("--objectives: " + problem + " " + String.join(", ", words()) + ".");
  }

  /**
   * Finds the files of these options.
   *
   * @param allocator the allocator that is to go by them
   * @param topology whether it is named how devices are joined
   * @param reader the option that reads standard input, if one does
   * @throws UsageException if an objective lacks its file, a file would have no effect, or two want
   *     to read standard input
   * @throws io.tangram.k8s.read.InputException if a file is not there
   */
  GuideFiles files(
      String allocator, boolean topology, Optional<String> reader, InputStream standardInput) {
    ImmutableList<Objective> chosen = objectives(topology);
    if (linkObjective != null) {
      requireFor(chosen, Objective.BANDWIDTH, LINK_OBJECTIVE, "");
    }
    if (!allocator.equals(FragmentationAllocator.NAME)) {
      requireFor(chosen, Objective.FRAGMENTATION, "--expect", expect);
    }
    requireFor(chosen, Objective.COST, "--prices", prices);
    if (chosen.contains(Objective.COST) && prices == null) {
      throw new UsageException("--objectives: cost needs the prices of nodes; give --prices FILE.");
    }
    if (chosen.contains(Objective.STABILITY) && start == null) {
      throw new UsageException(
          "--objectives: stability needs an earlier result to keep to; give --start FILE.");
    }
    if (start != null
        && !chosen.contains(Objective.STABILITY)
        && !allocator.equals(CpSatAllocator.NAME)) {
      throw new UsageException(
          "--start: "
              + allocator
              + " starts from nothing; leave --start out, or add stability to --objectives to see"
              + " how near it comes.");
    }
    reader(reader(reader(reader, "--expect", expect), "--prices", prices), "--start", start);
    return new GuideFiles(
        find("--expect", expect, standardInput),
        find("--prices", prices, standardInput),
        find("--start", start, standardInput));
  }

  private static void requireFor(
      List<Objective> chosen, Objective objective, String option, @Nullable String file) {
    if (file != null && !chosen.contains(objective)) {
      throw new UsageException(
          option
              + ": nothing but "
              + objective.label()
              + " goes by it; add that to --objectives, or leave "
              + option
              + " out.");
    }
  }

  /**
   * Returns who reads standard input, knowing this option.
   *
   * @param reader the option that reads it already, or none
   */
  private static Optional<String> reader(
      Optional<String> reader, String option, @Nullable String file) {
    if (!InputFiles.STANDARD_INPUT.equals(file)) {
      return reader;
    }
    if (reader.isPresent()) {
      throw new UsageException(
          option + " -: " + reader.get() + " reads standard input already; use a file.");
    }
    return Optional.of(option);
  }

  private static ImmutableList<InputFile> find(
      String option, @Nullable String name, InputStream standardInput) {
    return name == null
        ? ImmutableList.of()
        : InputFiles.find(option, List.of(name), standardInput);
  }
}
