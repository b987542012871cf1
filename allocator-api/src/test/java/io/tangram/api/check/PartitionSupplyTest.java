package io.tangram.api.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What partitions of an H100 take from the supply, as NVIDIA's driver publishes them. */
class PartitionSupplyTest {

  private static final String DRIVER = "gpu.nvidia.com";
  private static final NodeTemplate TEMPLATE =
      NodeTemplate.builder()
          .machine(HardwareCatalog.standard().machine("8xH100-80GB"))
          .partitioning(Partitioning.EVERY_PLACEMENT)
          .build();

  private static AllocationProblem nodes(int count) {
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder().addDeviceClasses(DeviceClass.builder().name("mig").build());
    for (int i = 0; i < count; i++) {
      PublishedNode node = TEMPLATE.publish("n" + i);
      problem.addNodes(node.node()).addAllSlices(node.slices());
    }
    return problem.build();
  }

  private static DeviceRequest ofProfile(String profile) {
    return with(DeviceSelectors.attributeEquals(QualifiedName.of(DRIVER, "profile"), profile));
  }

  private static DeviceRequest with(DeviceSelector selector) {
    return DeviceRequest.of("r", "mig", selector);
  }

  private static Allocation given(String claim, String node, String... devices) {
    return Allocation.builder()
        .claim(new ClaimId("ns", claim))
        .addAllDevices(
            Stream.of(devices)
                .map(
                    device ->
                        DeviceAllocation.builder()
                            .request("r")
                            .device(new DeviceId(DRIVER, node, device))
                            .build())
                .collect(ImmutableList.toImmutableList()))
        .build();
  }

  private static long loss(
      AllocationProblem problem, DeviceRequest expected, Allocation... planned) {
    ClusterIndex cluster = new ClusterIndex(problem);
    ExpectedDemand demand = new ExpectedDemand(ImmutableMap.of(expected, 1));
    AllocationProblem after =
        ImmutableAllocationProblem.builder().from(problem).addHeld(planned).build();
    return new SupplyLoss(
            new ExpectedRequests(demand, cluster),
            cluster,
            new CheckedState(cluster, problem),
            new CheckedState(cluster, after))
        .in(
            Stream.of(planned)
                .flatMap(each -> each.devices().stream())
                .map(each -> each.device().poolId())
                .collect(ImmutableSet.<PoolId>toImmutableSet()));
  }

  @ParameterizedTest
  @CsvSource({
    // at the last place a small one leaves room for the 4g, but not for the second 3g
    "1g10gb-19-6, 4g.40gb, 0",
    "1g10gb-19-0, 4g.40gb, 571429",
    "1g10gb-19-6, 3g.40gb, 498423",
    "1g10gb-19-6, 2g.20gb, 0",
    "1g10gb-19-5, 2g.20gb, 285714",
    "1g10gb-19-6, 1g.10gb, 142857",
    "3g40gb-9-4, 4g.40gb, 0",
    "3g40gb-9-0, 4g.40gb, 571429",
    // it takes the last four memory slices, three of which 1g partitions can have
    "3g40gb-9-4, 1g.10gb, 428571",
    "7g80gb-0-0, 1g.10gb, 999999",
    "7g80gb-0-0, 7g.80gb, 1000000"
  })
  void whatOnePartitionCosts(String given, String expected, long loss) {
    AllocationProblem problem = nodes(1);

    assertThat(loss(problem, ofProfile(expected), given("c", "n0", "gpu-0-mig-" + given)))
        .isEqualTo(loss);
  }

  @Test
  void onABrokenGpuThereIsLittleToLose() {
    AllocationProblem broken =
        ImmutableAllocationProblem.copyOf(nodes(1))
            .withHeld(given("held", "n0", "gpu-0-mig-1g10gb-19-0"));

    assertThat(loss(broken, ofProfile("4g.40gb"), given("c", "n0", "gpu-0-mig-1g10gb-19-1")))
        .isZero();
    assertThat(loss(broken, ofProfile("4g.40gb"), given("c", "n0", "gpu-1-mig-1g10gb-19-1")))
        .isEqualTo(571_429);
  }

  @Test
  void whoTakesAnyPartitionIsServedBySmallOnes() {
    DeviceRequest any =
        with(
            DeviceSelectors.capacityAtLeast(
                QualifiedName.of(DRIVER, "memory"), Quantity.parse("9Gi")));

    // seven fit on an empty GPU, and three beside a 4g
    assertThat(loss(nodes(1), any, given("c", "n0", "gpu-0-mig-4g40gb-5-0")))
        .isEqualTo(4 * 142_857);
    assertThat(loss(nodes(1), any, given("c", "n0", "gpu-0"))).isEqualTo(7 * 142_857);
  }

  @Test
  void aHundredNodesLoseAHundredTimesAsMuch() {
    Allocation[] everywhere =
        Stream.iterate(0, node -> node < 100, node -> node + 1)
            .map(node -> given("c" + node, "n" + node, "gpu-3-mig-1g10gb-19-0", "gpu-5"))
            .toArray(Allocation[]::new);

    assertThat(loss(nodes(100), ofProfile("4g.40gb"), everywhere)).isEqualTo(200 * 571_429L);
  }
}
