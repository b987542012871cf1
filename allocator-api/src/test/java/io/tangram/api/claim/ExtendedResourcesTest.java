package io.tangram.api.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtendedResourcesTest {

  private static final String GPU = "example.com/gpu";
  private static final String NIC = "example.com/nic";

  private static final ImmutableClaim CLAIM =
      ImmutableClaim.builder()
          .from(
              Claim.of(
                  new ClaimId("ns", "c"),
                  DeviceRequest.of("g", "gpu"),
                  DeviceRequest.of("n", "nic")))
          .putExtendedResources("g", GPU)
          .putExtendedResources("n", NIC)
          .build();

  private static final Workload WORKLOAD =
      Workload.builder()
          .id(new WorkloadId("ns", "w"))
          .addClaims(CLAIM.id())
          .putResources("cpu", Quantity.of(2))
          .putResources(GPU, Quantity.ONE)
          .putResources(NIC, Quantity.ONE)
          .build();

  private static Node having(String... resources) {
    ImmutableMap.Builder<String, Quantity> amounts = ImmutableMap.builder();
    ImmutableList.copyOf(resources).forEach(each -> amounts.put(each, Quantity.of(4)));
    return Node.builder().name("n").available(amounts.buildOrThrow()).build();
  }

  @Test
  void offersWhatIsAllocatableThoughItIsUsedUp() {
    Node usedUp =
        ImmutableNode.copyOf(having(GPU))
            .withAvailable(ImmutableMap.of(GPU, Quantity.ZERO, NIC, Quantity.ONE))
            .withAllocatable(ImmutableMap.of(GPU, Quantity.ONE, NIC, Quantity.ZERO));

    assertThat(usedUp.offers(GPU)).isTrue();
    assertThat(usedUp.offers(NIC)).isFalse();
    assertThat(having(GPU).offers(GPU)).isTrue();
    assertThat(Node.of("n").offers(GPU)).isFalse();
  }

  @Test
  void leavesOutRequestsThatTheNodeServes() {
    assertThat(CLAIM.on(having("cpu"))).isSameAs(CLAIM);
    assertThat(CLAIM.on(having(GPU)).requests()).extracting(Request::name).containsExactly("n");
    assertThat(CLAIM.on(having(GPU)).extendedResources()).containsOnly(Map.entry("n", NIC));
    assertThat(CLAIM.on(having(GPU, NIC)).requests()).isEmpty();
  }

  @Test
  void takesExtendedResourcesOnlyOfNodesThatOfferThem() {
    assertThat(WORKLOAD.resourcesOn(having("cpu"), List.of(CLAIM))).containsOnlyKeys("cpu");
    assertThat(WORKLOAD.resourcesOn(having(NIC), List.of(CLAIM))).containsOnlyKeys("cpu", NIC);
    assertThat(WORKLOAD.resourcesOn(having("cpu"), List.of())).isEqualTo(WORKLOAD.resources());
  }

  @Test
  void refusesAClaimThatStandsForExtendedResourcesInPart() {
    assertThatThrownBy(() -> CLAIM.withExtendedResources(ImmutableMap.of("g", GPU)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Claim ns/c stands for extended resources")
        .hasMessageContaining("R218");
  }

  @Test
  void refusesMoreThanCountsOfDevices() {
    DeviceRequest all =
        DeviceRequest.builder().name("g").deviceClass("gpu").mode(AllocationMode.ALL).build();
    ImmutableClaim one =
        CLAIM
            .withExtendedResources(ImmutableMap.of())
            .withRequests(new Request.Exactly(DeviceRequest.of("g", "gpu")))
            .withExtendedResources(ImmutableMap.of("g", GPU));

    assertThatThrownBy(() -> one.withRequests(new Request.Exactly(all)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> one.withConfigs(new ClaimConfig(ImmutableList.of(), new OpaqueConfig("d", "{}"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
