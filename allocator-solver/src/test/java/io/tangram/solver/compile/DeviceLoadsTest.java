package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.compile.Given.compiled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeConsumption;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.Fleet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A node with CPU and memory; devices: a part of it, one with an overhead, one without. */
class DeviceLoadsTest {

  private static final QualifiedName CORES = QualifiedName.parse("cores");
  private static final int PART = 0;
  private static final int OVERHEAD = 1;
  private static final int NOTHING = 2;

  private final CompiledProblem problem =
      compiled(
          Fleet.of()
              .addNodes(
                  Node.builder()
                      .name("n")
                      .available(
                          ImmutableMap.of("cpu", Quantity.of(100), "memory", Quantity.of(100)))
                      .build())
              .addSlices(slice("n", part(), overhead(), Fleet.device("z", "big")))
              .addClaims(
                  claim(
                      "c",
                      new Request.Exactly(
                          leaf("gpu", 1)
                              .withCapacityRequests(ImmutableMap.of(CORES, Quantity.of(3))))))
              .addWorkloads(
                  Workload.builder()
                      .id(new WorkloadId("ns", "w"))
                      .addClaims(id("c"))
                      .putContainers(id("c"), 2)
                      .build())
              .build());
  private final DeviceLoads loads = problem.loads();

  /** A shared device that takes two CPUs for each of its cores. */
  private static Device part() {
    return Device.builder()
        .from(Fleet.device("a", "big"))
        .allowMultipleAllocations(true)
        .putCapacity(CORES, DeviceCapacity.of(Quantity.of(16)))
        .putNodeConsumption(
            "cpu",
            new NodeConsumption(
                Optional.of(new NodeConsumption.Mapping(Optional.of(CORES), Quantity.of(2))),
                Quantity.ZERO,
                Quantity.ZERO))
        .build();
  }

  private static Device overhead() {
    return Device.builder()
        .from(Fleet.device("b", "big"))
        .putCapacity(CORES, DeviceCapacity.of(Quantity.of(16)))
        .putNodeConsumption("memory", NodeConsumption.overhead(Quantity.of(7), Quantity.of(5)))
        .build();
  }

  @Test
  void areOfDevicesThatTakeSomething() {
    assertThat(loads.isLoad(PART)).isTrue();
    assertThat(loads.isLoad(OVERHEAD)).isTrue();
    assertThat(loads.isLoad(NOTHING)).isFalse();
    assertThat(loads.isPart(PART)).isTrue();
    assertThat(loads.isPart(OVERHEAD)).isFalse();
    assertThat(loads.isPart(NOTHING)).isFalse();
  }

  @Test
  void countWhatAUseOfADeviceTakes() {
    Leaf leaf =
        problem.units().queue().get(0).type().claims().get(0).requests().get(0).leaves().get(0);
    ClaimUse use = new ClaimUse(2, true);

    assertThat(loads.amounts(loads.of(leaf, PART, use)))
        .containsExactly(entry("cpu", Quantity.of(6)));
    assertThat(loads.amounts(loads.of(leaf, OVERHEAD, use)))
        .containsExactly(entry("memory", Quantity.of(17)));
    assertThat(loads.amounts(loads.of(leaf, NOTHING, use))).isEmpty();
  }

  @Test
  void countWhatAHeldShareTakes() {
    ImmutableMap<QualifiedName, Quantity> share = ImmutableMap.of(CORES, Quantity.of(4));

    assertThat(loads.amounts(loads.of(PART, share, new ClaimUse(0, true))))
        .containsExactly(entry("cpu", Quantity.of(8)));
  }

  @Test
  void countAWholeDeviceByItsOverhead() {
    assertThat(loads.amounts(loads.of(OVERHEAD, null, new ClaimUse(0, false))))
        .containsExactly(entry("memory", Quantity.of(7)));
  }
}
