package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.TopologyConstraint.AtMost;
import io.tangram.api.claim.TopologyConstraint.Together;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Node;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.testing.AllocatorLaws;
import io.tangram.api.testing.Feature;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import io.tangram.solver.reference.ReferenceAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Groups with topology against the oracle: those of the generators, and several of equal shape,
 * which {@link CpSatAllocator} counts.
 */
class GroupTopologyLawsTest {

  private static final AllocationOptions PATIENT =
      AllocationOptions.builder()
          .workers(1)
          .timeLimit(Duration.ofMinutes(10))
          .objectives(List.of(Objective.PREFERENCE, Objective.TOPOLOGY, Objective.FIT))
          .build();

  private static Stream<Allocator> allocators() {
    return Stream.of(
        new CpSatAllocator(),
        CpSatAllocator.byModelsOnly(),
        new FirstFitAllocator(),
        new BestFitAllocator(),
        new FragmentationAllocator());
  }

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.of(
            EnumSet.of(
                Feature.GROUPS,
                Feature.GROUP_TOPOLOGY,
                Feature.WORKLOADS,
                Feature.SHARED_CLAIMS,
                Feature.CLAIMLESS_WORKLOADS,
                Feature.NODE_RESOURCES,
                Feature.NODE_SELECTORS,
                Feature.NODE_CONSUMPTION,
                Feature.HELD_DEVICES,
                Feature.PARTITIONS,
                Feature.PRIORITIES,
                Feature.COUNTS,
                Feature.SEEN_BY_ALL_NODES))
        .problems()
        .filter(sample -> Feature.GROUP_TOPOLOGY.isIn(sample.problem()));
  }

  /**
   * Up to four nodes with a rack and a zone, a few GPUs on each, and up to three groups of a size,
   * each of whose members takes as many GPUs.
   */
  @Provide
  Arbitrary<AllocationProblem> equalGroups() {
    Arbitrary<List<Integer>> gpus =
        Arbitraries.integers().between(0, 3).list().ofMinSize(2).ofMaxSize(4);
    Arbitrary<List<Integer>> racks = Arbitraries.integers().between(0, 3).list().ofSize(4);
    Arbitrary<List<Integer>> topology =
        Arbitraries.integers().between(0, 5).list().ofMinSize(1).ofMaxSize(2).uniqueElements();
    return Combinators.combine(
            gpus,
            racks,
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(2, 3),
            Arbitraries.integers().between(1, 2),
            topology)
        .as(GroupTopologyLawsTest::equalGroups);
  }

  private static AllocationProblem equalGroups(
      List<Integer> gpus,
      List<Integer> racks,
      int groups,
      int size,
      int each,
      List<Integer> levels) {
    ImmutableAllocationProblem.Builder problem = Fleet.of();
    for (int node = 0; node < gpus.size(); node++) {
      ImmutableMap.Builder<String, String> labels = ImmutableMap.builder();
      labels.put("zone", node % 2 == 0 ? "a" : "b");
      if (racks.get(node) > 0) {
        labels.put("rack", "r" + racks.get(node));
      }
      problem.addNodes(Node.builder().name("n" + node).labels(labels.buildOrThrow()).build());
      problem.addSlices(Fleet.slice("n" + node, Fleet.devices("big", gpus.get(node))));
    }
    ImmutableList<TopologyConstraint> topology =
        levels.stream()
            .map(GroupTopologyLawsTest::constraint)
            .collect(ImmutableList.toImmutableList());
    for (int group = 0; group < groups; group++) {
      List<WorkloadId> members = new ArrayList<>();
      for (int member = 0; member < size; member++) {
        String name = "g" + group + "-" + member;
        problem.addClaims(Fleet.claim(name, Fleet.some("gpu", each)));
        WorkloadId id = new WorkloadId("ns", name);
        problem.addWorkloads(Workload.builder().id(id).addClaims(Fleet.id(name)).build());
        members.add(id);
      }
      problem.addGroups(
          WorkloadGroup.builder()
              .id(new WorkloadGroupId("ns", "g" + group))
              .minMembers(size)
              .members(members)
              .topology(topology)
              .build());
    }
    return problem.build();
  }

  private static TopologyConstraint constraint(int which) {
    return switch (which) {
      case 0 -> new Together("rack", true);
      case 1 -> new Together("zone", true);
      case 2 -> new AtMost("rack", 1, true);
      case 3 -> new AtMost("zone", 2, true);
      case 4 -> new Together("rack", false);
      default -> new AtMost("zone", 1, false);
    };
  }

  @Property
  void admitsAsManyAsPossible(
      @ForAll("problems") SampleProblem sample, @ForAll Admission admission) {
    optimal().forEach(each -> each.objectivesAreOptimal(sample.problem(), with(admission)));
  }

  @Property(tries = 50)
  void admitsAsManyGroupsAsPossible(
      @ForAll("equalGroups") AllocationProblem problem, @ForAll Admission admission) {
    optimal().forEach(each -> each.objectivesAreOptimal(problem, with(admission)));
    optimal().forEach(each -> each.planIsProven(problem, with(admission)));
  }

  private static Stream<AllocatorLaws> optimal() {
    return Stream.of(
        new AllocatorLaws(new CpSatAllocator()), new AllocatorLaws(CpSatAllocator.byModelsOnly()));
  }

  private static AllocationOptions with(Admission admission) {
    return ImmutableAllocationOptions.copyOf(PATIENT).withAdmission(admission);
  }

  /** Packing has formulations that tell kinds of nodes apart. */
  @Property
  void packsGroups(@ForAll("equalGroups") AllocationProblem problem) {
    AllocationOptions packing =
        ImmutableAllocationOptions.copyOf(PATIENT)
            .withObjectives(List.of(Objective.PACKING, Objective.TOPOLOGY));

    optimal().forEach(each -> each.provenObjectivesAreOptimal(problem, packing));
  }

  @Property
  void everyPlanIsLegalAndSaysWhatItIsWorth(@ForAll("problems") SampleProblem sample) {
    allocators()
        .map(AllocatorLaws::new)
        .forEach(
            laws -> {
              laws.planIsLegal(sample.problem(), PATIENT);
              laws.valuesAreTrue(sample.problem(), PATIENT);
            });
  }

  @Property(tries = 50)
  void everyPlanOfEqualGroupsIsLegal(@ForAll("equalGroups") AllocationProblem problem) {
    Stream.concat(allocators(), Stream.of(ReferenceAllocator.of(new KubernetesVersion(36))))
        .map(AllocatorLaws::new)
        .forEach(
            laws -> {
              laws.planIsLegal(problem, PATIENT);
              laws.valuesAreTrue(problem, PATIENT);
              laws.reasonsAreTrue(problem, PATIENT);
            });
  }

  @Property
  void saysWhatIsTrue(@ForAll("problems") SampleProblem sample) {
    allocators()
        .map(AllocatorLaws::new)
        .forEach(laws -> laws.reasonsAreTrue(sample.problem(), PATIENT));
  }

  /** Nothing that is learnt in a domain is believed of another. */
  @Property
  void greedyAllocatorsPlaceAGroupThatIsAlone(@ForAll("equalGroups") AllocationProblem problem) {
    WorkloadGroup first = problem.groups().get(0);
    AllocationProblem alone =
        ImmutableAllocationProblem.copyOf(problem)
            .withGroups(first)
            .withWorkloads(problem.workloads().subList(0, first.members().size()))
            .withClaims(problem.claims().subList(0, first.members().size()));

    List<Integer> placed =
        Stream.of(new CpSatAllocator(), new FirstFitAllocator(), new BestFitAllocator())
            .map(each -> each.allocate(alone, PATIENT).placements().size())
            .distinct()
            .toList();

    assertThat(placed).as("members placed").hasSize(1);
  }
}
