package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.NodeConsumption;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.Fleet;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** R237 to R239; node {@code n}. */
class NodeConsumptionsTest {

  private static final String CPU = "cpu";
  private static final QualifiedName CORES = QualifiedName.parse("cores");

  /** Two of the CPU for each core of the device. */
  private static final NodeConsumption TWO_A_CORE =
      new NodeConsumption(
          Optional.of(new NodeConsumption.Mapping(Optional.of(CORES), Quantity.of(2))),
          Quantity.ZERO,
          Quantity.ZERO);

  private final ImmutableAllocationProblem.Builder problem = Fleet.of("n");

  @Test
  void areNoneWhereNoDeviceTakesAnything() {
    problem.addSlices(slice("n", Fleet.device("d", "big"))).addHeld(held("h", "d"));

    NodeConsumptions none = consumptions();

    assertThat(none.isEmpty()).isTrue();
    assertThat(none.most(3)).isEmpty();
    assertThat(amounts(none)).isEmpty();
    assertThat(ofHeld(none, workload(1, "h"))).isEmpty();
  }

  @Test
  void takeWhatTheDeviceTheWorkloadAndItsContainersTake() {
    problem.addSlices(
        slice(
            "n",
            taking("d", 4, NodeConsumption.overhead(Quantity.of(3), Quantity.of(5))),
            taking("e", 4, NodeConsumption.ofDevice(Quantity.of(7)))));

    assertThat(consumptions().isEmpty()).isFalse();
    assertThat(exact(consumptions().most(0))).containsExactly(entry(CPU, 7L));
    assertThat(exact(consumptions().most(2))).containsExactly(entry(CPU, 13L));
  }

  @Test
  void takeByTheCapacityOfTheDevice() {
    problem.addSlices(slice("n", taking("d", 4, TWO_A_CORE)));

    assertThat(exact(consumptions().most(0))).containsExactly(entry(CPU, 8L));
  }

  @Test
  void areMadeOfAllThatRequestsAndHeldDevicesMayTake() {
    ImmutableDevice shared =
        taking("d", 16, TWO_A_CORE)
            .withAllowMultipleAllocations(true)
            .withNodeConsumption(
                ImmutableMap.of(
                    CPU,
                    new NodeConsumption(
                        TWO_A_CORE.mapping(), Quantity.of(100), Quantity.of(1000))));
    problem
        .addSlices(slice("n", shared))
        .addClaims(
            claim(
                "c",
                new Request.Exactly(
                    leaf("gpu", 1).withCapacityRequests(ImmutableMap.of(CORES, Quantity.of(3))))))
        .addHeld(Given.held("h", Given.share("n", "d", ImmutableMap.of(CORES, Quantity.of(5)))));

    assertThat(amounts(consumptions()))
        .containsExactlyInAnyOrder("cpu 100", "cpu 1000", "cpu 6", "cpu 10");
  }

  @Test
  void sumWhatAWorkloadHolds() {
    problem
        .addSlices(
            slice(
                "n",
                taking("d", 4, NodeConsumption.overhead(Quantity.of(3), Quantity.of(5))),
                taking("e", 4, TWO_A_CORE),
                Fleet.device("f", "big")))
        .addHeld(held("h", "d"), held("i", "e"), held("j", "f"))
        .addClaims(claim("c", one("gpu")));

    assertThat(ofHeld(consumptions(), workload(2, "h", "i", "j", "c", "h")))
        .containsExactly(entry(CPU, 3L + 2 * 5 + 8));
    assertThat(ofHeld(consumptions(), workload(2, "j", "c"))).isEmpty();
  }

  @Test
  void areThoseOfTheNewestGeneration() {
    problem
        .addSlices(
            slice("n", taking("d", 4, TWO_A_CORE)).withName("old"),
            slice("n", Fleet.device("d", "big"), taking("e", 3, TWO_A_CORE))
                .withName("new")
                .withGeneration(2))
        .addHeld(held("h", "d"), held("i", "e"));

    assertThat(ofHeld(consumptions(), workload(1, "h"))).isEmpty();
    assertThat(ofHeld(consumptions(), workload(1, "i"))).containsExactly(entry(CPU, 6L));
  }

  @Test
  void tellWhichHeldClaimsHavePartsOfNodes() {
    problem
        .addSlices(
            slice(
                "n",
                taking("d", 4, TWO_A_CORE),
                taking("e", 4, NodeConsumption.overhead(Quantity.of(3), Quantity.of(5))),
                taking("f", 4, TWO_A_CORE)))
        .addHeld(held("z", "d"), held("b", "e"), held("a", "f"))
        .addClaims(claim("c", one("gpu")));
    AllocationProblem built = problem.build();

    assertThat(
            NodeConsumptions.of(built)
                .heldParts(workload(1, "z", "b", "c", "a", "z"), allocations(built)))
        .containsExactly(id("a"), id("z"));
  }

  private NodeConsumptions consumptions() {
    return NodeConsumptions.of(problem.build());
  }

  private Map<String, Long> ofHeld(NodeConsumptions all, Workload workload) {
    return exact(all.ofHeld(workload, allocations(problem.build())));
  }

  private static Map<String, Long> exact(Map<String, BigDecimal> amounts) {
    return Maps.transformValues(amounts, BigDecimal::longValueExact);
  }

  private static Map<ClaimId, Allocation> allocations(AllocationProblem problem) {
    ImmutableMap.Builder<ClaimId, Allocation> allocations = ImmutableMap.builder();
    problem.held().forEach(each -> allocations.put(each.claim(), each));
    return allocations.buildOrThrow();
  }

  /** All amounts but zero. */
  private static Set<String> amounts(NodeConsumptions all) {
    Set<String> amounts = new HashSet<>();
    all.forEachAmount(
        (resource, amount) -> {
          if (amount.signum() > 0) {
            amounts.add(resource + " " + amount.toBigInteger());
          }
        });
    return amounts;
  }

  private static ImmutableDevice taking(String name, long cores, NodeConsumption consumption) {
    return ImmutableDevice.copyOf(
        Device.builder()
            .from(Fleet.device(name, "big"))
            .putCapacity(CORES, DeviceCapacity.of(Quantity.of(cores)))
            .putNodeConsumption(CPU, consumption)
            .build());
  }

  private static Allocation held(String claim, String device) {
    return Given.held(claim, Given.given("n", device));
  }

  /** A workload so many containers of which reference each of its claims. */
  private static Workload workload(int containers, String... claims) {
    var workload = Workload.builder().id(new WorkloadId("ns", "w"));
    Map<ClaimId, Integer> references = new HashMap<>();
    for (String claim : claims) {
      workload.addClaims(id(claim));
      references.put(id(claim), containers);
    }
    return workload.containers(ImmutableMap.copyOf(references)).build();
  }
}
