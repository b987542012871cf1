package io.tangram.api.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedDemandTest {

  private static final DeviceRequest GPU = request("gpu").name("").build();
  private static final DeviceRequest NIC = request("nic").name("").build();

  private static ImmutableDeviceRequest.Builder request(String deviceClass) {
    return DeviceRequest.builder().name("r").deviceClass(deviceClass);
  }

  private static Claim claim(String name, Request... requests) {
    return Claim.builder().id(new ClaimId("ns", name)).addRequests(requests).build();
  }

  private static Claim claim(String name, ImmutableDeviceRequest.Builder request) {
    return claim(name, new Request.Exactly(request.build()));
  }

  @Test
  void requestsThatDifferOnlyInNameAreOne() {
    ExpectedDemand demand =
        new ExpectedDemand(
            ImmutableMap.of(
                request("gpu").name("a").build(), 2,
                request("nic").build(), 7,
                request("gpu").name("b").build(), 3));

    assertThat(demand.weights()).containsExactly(entry(GPU, 5), entry(NIC, 7));
  }

  @Test
  void modeAndAdministrationDoNotCount() {
    ExpectedDemand demand =
        new ExpectedDemand(
            ImmutableMap.of(
                request("gpu").mode(AllocationMode.ALL).build(), 1,
                request("gpu").adminAccess(true).build(), 1));

    assertThat(demand.weights()).containsExactly(entry(GPU, 2));
  }

  @Test
  void whatADeviceMustBeCounts() {
    DeviceRequest large =
        request("gpu")
            .name("")
            .putCapacityRequests(QualifiedName.parse("memory"), Quantity.gibibytes(10))
            .build();
    DeviceRequest tolerant =
        request("gpu")
            .name("")
            .addTolerations(
                new Toleration(
                    "k", Toleration.Operator.EXISTS, "", Optional.empty(), Optional.empty()))
            .build();

    assertThat(new ExpectedDemand(ImmutableMap.of(GPU, 1, large, 1, tolerant, 1)).weights())
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, ExpectedDemand.MAX_WEIGHT + 1})
  void refusesWeightsOutOfRange(int weight) {
    assertThatThrownBy(() -> new ExpectedDemand(ImmutableMap.of(GPU, weight)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A request for class gpu is expected with weight "
                + weight
                + "; 1 to 1000000 are allowed. Only proportions count.");
  }

  @Test
  void refusesWeightsThatAreTooMuchTogether() {
    assertThat(new ExpectedDemand(ImmutableMap.of(GPU, ExpectedDemand.MAX_WEIGHT)).weights())
        .hasSize(1);
    assertThatThrownBy(
            () ->
                new ExpectedDemand(
                    ImmutableMap.of(GPU, ExpectedDemand.MAX_WEIGHT, request("gpu").build(), 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight 1000001");
  }

  @Test
  void aSampleCountsEveryDeviceAskedFor() {
    Request list =
        new Request.FirstAvailable(
            "l", ImmutableList.of(request("gpu").build(), request("nic").name("second").build()));

    ExpectedDemand demand =
        ExpectedDemand.of(
            List.of(
                claim("a", request("gpu").mode(AllocationMode.exactly(3))),
                claim("b", request("nic").mode(AllocationMode.ALL)),
                claim("c", request("gpu").adminAccess(true)),
                claim("d", list)));

    assertThat(demand.weights()).containsExactly(entry(GPU, 4), entry(NIC, 2));
    assertThat(demand.equallyWeighted().weights()).containsExactly(entry(GPU, 1), entry(NIC, 1));
  }

  @Test
  void anEmptySampleHasNoDemand() {
    assertThat(ExpectedDemand.of(List.of()).weights()).isEmpty();
  }

  @Test
  void aSampleIsCountedUpToTheGreatestWeight() {
    ExpectedDemand demand =
        ExpectedDemand.of(
            List.of(
                claim("a", request("gpu").mode(AllocationMode.exactly(Long.MAX_VALUE))),
                claim("b", request("gpu")),
                claim("c", request("nic").mode(AllocationMode.exactly(999_999))),
                claim("d", request("nic").mode(AllocationMode.exactly(2)))));

    assertThat(demand.weights())
        .containsExactly(
            entry(GPU, ExpectedDemand.MAX_WEIGHT), entry(NIC, ExpectedDemand.MAX_WEIGHT));
  }
}
