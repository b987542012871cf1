package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NicDriver;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.Request;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What nobody asks about tells no devices and no nodes apart: the models stay as small. */
class EqualDevicesTest {

  private static final QualifiedName ROOT = QualifiedName.of("resource.kubernetes.io", "pcieRoot");
  private static final QualifiedName BUS_ID =
      QualifiedName.of("resource.kubernetes.io", "pciBusID");
  private static final QualifiedName SERIAL = QualifiedName.of(NvidiaDriver.NAME, "serial");
  private static final int FEW_NODES = 4;
  private static final int MANY_NODES = 60;

  /** How clusters differ that are the same to the claims. */
  @SuppressWarnings("ImmutableEnumChecker") // they keep nothing
  enum Difference {
    BUS_IDS_OF_ALL_DEVICES(
        devices((node, device) -> with(device, BUS_ID, node + "-" + device.name()))),
    ATTRIBUTES_NOBODY_READS(
        devices((node, device) -> with(device, SERIAL, node + "/" + device.name()))),
    NAMES_OF_DEVICES(devices((node, device) -> device.withName(device.name() + "-of-" + node))),
    NAMES_OF_ROOTS(
        devices(
            (node, device) ->
                device.attributes().get(ROOT) instanceof StringValue root
                    ? with(device, ROOT, root.value() + "-of-" + node)
                    : device)),
    ORDER_OF_DEVICES(
        slices(
            (random, slice) -> {
              List<Device> devices = new ArrayList<>(slice.devices());
              Collections.shuffle(devices, random);
              return slice.withDevices(devices);
            })),
    ORDER_OF_SLICES(
        problem -> {
          List<ResourceSlice> slices = new ArrayList<>(problem.slices());
          Collections.shuffle(slices, new Random(1));
          return problem.withSlices(slices);
        }),
    LABELS_OF_NODES(
        problem ->
            problem.withNodes(
                problem.nodes().stream()
                    .map(
                        node ->
                            ImmutableNode.builder()
                                .from(node)
                                .putLabels("topology.kubernetes.io/rack", "of-" + node.name())
                                .build())
                    .toList()));

    private final UnaryOperator<ImmutableAllocationProblem> change;

    Difference(UnaryOperator<ImmutableAllocationProblem> change) {
      this.change = change;
    }

    private static UnaryOperator<ImmutableAllocationProblem> devices(
        BiFunction<String, ImmutableDevice, Device> change) {
      return slices(
          (random, slice) ->
              slice.withDevices(
                  slice.devices().stream()
                      .<Device>map(
                          each -> change.apply(slice.pool().pool(), ImmutableDevice.copyOf(each)))
                      .toList()));
    }

    private static UnaryOperator<ImmutableAllocationProblem> slices(
        BiFunction<Random, ImmutableResourceSlice, ResourceSlice> change) {
      return problem -> {
        Random random = new Random(1);
        return problem.withSlices(
            problem.slices().stream()
                .map(each -> change.apply(random, ImmutableResourceSlice.copyOf(each)))
                .toList());
      };
    }

    private static Device with(ImmutableDevice device, QualifiedName name, String value) {
      return device.withAttributes(
          ImmutableMap.<QualifiedName, AttributeValue>builder()
              .putAll(device.attributes())
              .put(name, new StringValue(value))
              .buildKeepingLast());
    }
  }

  @ParameterizedTest
  @EnumSource
  void partitionsAreCountedAllTheSame(Difference difference) {
    ImmutableAllocationProblem problem = fleet(FEW_NODES, false, partitions());

    requireSame(allocated(difference.change.apply(problem)), allocated(problem));
  }

  @ParameterizedTest
  @EnumSource
  void pairsOnARootAreCountedAllTheSame(Difference difference) {
    ImmutableAllocationProblem problem = fleet(MANY_NODES, true, pairsAndPartitions());

    requireSame(allocated(difference.change.apply(problem)), allocated(problem));
  }

  private static AllocationPlan allocated(AllocationProblem problem) {
    return new CpSatAllocator()
        .allocate(
            problem,
            AllocationOptions.builder().addObjectives(Objective.PREFERENCE, Objective.FIT).build());
  }

  private static void requireSame(AllocationPlan plan, AllocationPlan without) {
    assertThat(sizes(plan.statistics())).isEqualTo(sizes(without.statistics()));
    assertThat(plan.objectives()).isEqualTo(without.objectives());
    assertThat(plan.objectives()).allMatch(each -> each.gap().orElse(1) == 0, "is proven");
    assertThat(plan.objectives()).extracting(ObjectiveResult::value).first().isNotEqualTo(0L);
  }

  private static List<Integer> sizes(PlanStatistics statistics) {
    assertThat(statistics.variables()).isPositive();
    return List.of(
        statistics.deviceClasses(),
        statistics.componentClasses(),
        statistics.claimTypes(),
        statistics.variables(),
        statistics.constraints());
  }

  private static ImmutableAllocationProblem fleet(int nodes, boolean withNics, List<Claim> claims) {
    NodeTemplate template =
        NodeTemplate.builder()
            .machine(HardwareCatalog.standard().machine("8xH100-80GB"))
            .partitioning(Partitioning.EVERY_PLACEMENT)
            .withNics(withNics)
            .build();
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder()
            .deviceClasses(NvidiaDriver.deviceClasses())
            .addDeviceClasses(NicDriver.deviceClass())
            .claims(claims);
    for (int i = 0; i < nodes; i++) {
      PublishedNode node = template.publish("worker-" + i);
      problem.addNodes(node.node()).addAllSlices(node.slices());
    }
    return ImmutableAllocationProblem.copyOf(problem.build());
  }

  private static List<Claim> partitions() {
    List<Claim> claims = new ArrayList<>();
    for (String profile : List.of("1g.10gb", "2g.20gb", "3g.40gb", "4g.40gb")) {
      addTimes(
          claims,
          30,
          profile,
          new Request.Exactly(
              DeviceRequest.of(
                  "gpu",
                  NvidiaDriver.MIG_CLASS,
                  DeviceSelectors.attributeEquals(NvidiaDriver.PROFILE, profile))));
    }
    return claims;
  }

  private static List<Claim> pairsAndPartitions() {
    List<Claim> claims = new ArrayList<>(partitions());
    addTimes(
        claims,
        420,
        "pair",
        new Request.Exactly(DeviceRequest.of("gpu", NvidiaDriver.GPU_CLASS)),
        new Request.Exactly(DeviceRequest.of("nic", NicDriver.RDMA_CLASS)));
    return claims;
  }

  private static void addTimes(List<Claim> claims, int times, String name, Request... requests) {
    for (int i = 0; i < times; i++) {
      ImmutableClaim claim =
          Fleet.claim(name + "-" + i, requests).withId(new ClaimId("ml", name + i));
      claims.add(
          requests.length == 1
              ? claim
              : claim.withConstraints(
                  new DeviceConstraint.MatchAttribute(ImmutableList.of(), ROOT)));
    }
  }
}
