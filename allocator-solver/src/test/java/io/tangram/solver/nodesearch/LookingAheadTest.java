package io.tangram.solver.nodesearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.Device;
import io.tangram.api.testing.Feature;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import io.tangram.solver.Fleet;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.symmetry.Measures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * A search that looks ahead at every choice ends as one that never does: what is cut holds no
 * solution, and no device on which a selector would have ended the search (R200).
 */
class LookingAheadTest {

  /** Without looking ahead, a search that takes back more choices than these is given up. */
  private static final long MOST_RETURNS = 50_000;

  /** What came of a search without looking ahead, and with it. */
  private record Answers(SearchOutcome straight, SearchOutcome lookingAhead) {}

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all().withSizes(2, 8, 6).problems();
  }

  /** What counts on one node. */
  @Provide
  Arbitrary<SampleProblem> shortages() {
    return ProblemArbitraries.of(
            Sets.immutableEnumSet(
                Feature.PARTITIONS,
                Feature.SEVERAL_COUNTER_SETS,
                Feature.SEVERAL_REQUESTS,
                Feature.COUNTS,
                Feature.PRIORITIZED_LISTS,
                Feature.MATCH_ATTRIBUTE,
                Feature.DISTINCT_ATTRIBUTE,
                Feature.LIST_ATTRIBUTES,
                Feature.SHARED_DEVICES,
                Feature.CAPACITY_REQUESTS,
                Feature.DEFAULT_POLICIES))
        .withSizes(1, 9, 5)
        .problems();
  }

  /** The same with what the rules say of the order of the search. */
  @Provide
  Arbitrary<SampleProblem> shortagesAndHabits() {
    return ProblemArbitraries.of(
            Sets.immutableEnumSet(
                EnumSet.of(
                    Feature.PARTITIONS,
                    Feature.SEVERAL_REQUESTS,
                    Feature.COUNTS,
                    Feature.PRIORITIZED_LISTS,
                    Feature.ALL_MODE,
                    Feature.MATCH_ATTRIBUTE,
                    Feature.DISTINCT_ATTRIBUTE,
                    Feature.UNREAD_LISTS,
                    Feature.ADMIN_ACCESS,
                    Feature.SHARED_DEVICES,
                    Feature.CAPACITY_REQUESTS,
                    Feature.FAILING_SELECTORS)))
        .withSizes(1, 8, 5)
        .problems();
  }

  @Property
  void changesNoAnswer(@ForAll("problems") SampleProblem sample) {
    assertSame(forEachUnit(sample.problem()));
    assertSame(forAllTogether(sample.problem()));
  }

  @Property
  void changesNoAnswerWhereDevicesAreShort(@ForAll("shortages") SampleProblem sample) {
    assertSame(forEachUnit(sample.problem()));
    assertSame(forAllTogether(sample.problem()));
  }

  @Property
  void changesNoAnswerThatDependsOnTheOrder(@ForAll("shortagesAndHabits") SampleProblem sample) {
    assertSame(forEachUnit(sample.problem()));
    assertSame(forAllTogether(sample.problem()));
  }

  @Test
  void tellsADeviceThatAdministrationSeesTooFromItsEquals() { // R84
    DeviceRequest watched = Fleet.leaf("gpu", 1).withAdminAccess(true);
    DeviceRequest big = Fleet.leaf("big", 1).withAdminAccess(true);
    AllocationProblem problem =
        Fleet.of("a")
            .addSlices(
                Fleet.slice(
                    "a",
                    Stream.of(Fleet.devices("small", 4), Fleet.devices("big", 1))
                        .flatMap(Arrays::stream)
                        .toArray(Device[]::new)))
            .addClaims(
                Fleet.claim("0", new Request.Exactly(watched)),
                Fleet.claim("1", new Request.Exactly(big)),
                Fleet.claim("2", Fleet.some("gpu", 2)),
                Fleet.claim("3", new Request.Exactly(watched)),
                Fleet.claim("4", Fleet.some("gpu", 2)))
            .addAdminNamespaces("ns")
            .build();

    assertSame(forAllTogether(problem));
  }

  @Property
  void boundsWhatIsFound(@ForAll("shortages") SampleProblem sample) {
    CompiledProblem compiled = CompiledProblem.of(sample.problem(), Deadline.never());
    Measures measures = new Measures(compiled);
    ClusterState state = new ClusterState(compiled);
    for (UnitType type : types(compiled)) {
      SearchGoal goal = SearchGoal.of(type.allClaims());
      for (int node = 0; node < compiled.nodes(); node++) {
        NodeSearch search = new NodeSearch(compiled, state, goal, node, SearchRules.PLAIN);
        if (search.run(unlimited()) instanceof SearchOutcome.Found found) {
          LongAdder size = new LongAdder();
          goal.forEachDevice(found, (leaf, device) -> size.add(measures.size(leaf, device)));

          assertThat(search.mostScore(unlimited())).isBetween(found.score(), goal.bestScore());
          assertThat(search.least(measures::size).orElseThrow()).isLessThanOrEqualTo(size.sum());
        }
      }
    }
  }

  private static void assertSame(List<Answers> answers) {
    assertThat(answers)
        .allSatisfy(each -> assertThat(each.lookingAhead()).isEqualTo(each.straight()));
  }

  /** Unit by unit, each taking what it finds. */
  private static List<Answers> forEachUnit(AllocationProblem problem) {
    List<Answers> answers = new ArrayList<>();
    CompiledProblem compiled = CompiledProblem.of(problem, Deadline.never());
    for (SearchRules rules : List.of(SearchRules.REFERENCE, SearchRules.PLAIN)) {
      ClusterState state = new ClusterState(compiled);
      for (UnitType type : types(compiled)) {
        SearchGoal goal = SearchGoal.of(type.allClaims());
        for (int node = 0; node < compiled.nodes(); node++) {
          Optional<Answers> found = search(compiled, state, goal, node, rules);
          found.ifPresent(answers::add);
          if (found.isPresent() && found.get().straight() instanceof SearchOutcome.Found taken) {
            goal.forEachDevice(taken, state::take);
            break;
          }
        }
      }
    }
    return answers;
  }

  /** As if one workload referenced all claims. */
  private static List<Answers> forAllTogether(AllocationProblem problem) {
    List<Answers> answers = new ArrayList<>();
    CompiledProblem compiled = CompiledProblem.of(problem, Deadline.never());
    SearchGoal goal =
        SearchGoal.of(types(compiled).stream().flatMap(type -> type.allClaims().stream()).toList());
    for (SearchRules rules : List.of(SearchRules.REFERENCE, SearchRules.PLAIN)) {
      for (int node = 0; node < compiled.nodes(); node++) {
        search(compiled, new ClusterState(compiled), goal, node, rules).ifPresent(answers::add);
      }
    }
    return answers;
  }

  private static List<UnitType> types(CompiledProblem compiled) {
    return compiled.units().queue().stream().map(unit -> unit.type()).toList();
  }

  /** Searches in both ways; returns nothing where the straight one was given up. */
  private static Optional<Answers> search(
      CompiledProblem compiled, ClusterState state, SearchGoal goal, int node, SearchRules rules) {
    List<List<Candidates>> candidates =
        goal.lines().stream()
            .map(
                line ->
                    line.asksOn(node)
                        ? line.leaves().stream()
                            .map(leaf -> Candidates.of(compiled, leaf, node, rules))
                            .toList()
                        : List.<Candidates>of())
            .toList();
    DepthFirstSearch search =
        new DepthFirstSearch(
            compiled, state, goal, node, candidates, rules, CandidateOrder.AS_OFFERED);
    return search
        .tryFor(unlimited(), MOST_RETURNS)
        .map(straight -> new Answers(straight, search.run(unlimited())));
  }

  private static SearchBudget unlimited() {
    return new SearchBudget(Deadline.never(), OptionalDouble.empty());
  }
}
