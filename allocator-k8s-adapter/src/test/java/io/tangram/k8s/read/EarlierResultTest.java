package io.tangram.k8s.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlierResultTest {

  private static final String REQUEST = "{requests: [{name: r, exactly: {deviceClassName: c}}]}";

  private static EarlierResult result(String text) {
    return EarlierResult.read(List.of(Reading.file("result.yaml", text)), new ExpressionTexts());
  }

  /** Returns a claim with a device. */
  private static String given(String name, String device) {
    return Reading.claim(name, REQUEST)
        .replace(
            "}}\n",
            "}, status: {allocation: {devices: {results: [{request: r, driver: d.com, pool: p,"
                + " device: "
                + device
                + "}]}}}}\n");
  }

  private static AllocationProblem problem(String... objects) {
    return Reading.read(String.join("", objects)).problem();
  }

  @Test
  void tellsWhatPendingClaimsWereGiven() {
    EarlierResult result =
        result(given("a", "gpu-1") + Reading.claim("b", REQUEST) + given("c", "gpu-0"));
    AllocationProblem problem =
        problem(
            Reading.claim("c", REQUEST), Reading.claim("b", REQUEST), Reading.claim("a", REQUEST));

    assertThat(result.pendingIn(problem).keySet())
        .containsExactly(new ClaimId("ns", "a"), new ClaimId("ns", "c"));
    assertThat(result.pendingIn(problem).get(new ClaimId("ns", "a")).devices())
        .extracting(DeviceAllocation::device)
        .containsExactly(new DeviceId("d.com", "p", "gpu-1"));
    assertThat(result.warnings(problem)).isEmpty();
  }

  @Test
  void overlooksOtherObjects() {
    EarlierResult result =
        result(
            Reading.pod("p", Reading.uses("a"))
                + Reading.node("n", "}")
                + "---\n{apiVersion: v1, kind: Service, metadata: {name: s}}\n"
                + "---\n{apiVersion: scheduling.k8s.io/v1, kind: Workload, metadata: {name: w}}\n"
                + given("a", "gpu-0"));

    assertThat(result.allocations()).containsOnlyKeys(new ClaimId("ns", "a"));
    assertThat(result.warnings()).isEmpty();
  }

  /** A result has every claim of its input, those that held devices before included. */
  @Test
  void warnsOnceOfClaimsThatAreNotPendingButNotOfThoseThatKeepTheirDevices() {
    EarlierResult result = result(given("a", "gpu-0") + given("b", "gpu-1") + given("c", "gpu-2"));

    assertThat(result.warnings(problem(given("a", "gpu-0"), given("b", "gpu-3"))))
        .containsExactly(
            "result.yaml: 2 claims are not pending in the input, such as ns/b; what they were given"
                + " is not looked at.");
    assertThat(result.warnings(problem(given("a", "gpu-0"), given("b", "gpu-1"))))
        .containsExactly(
            "result.yaml: claim ns/c is not pending in the input; what it was given is not looked"
                + " at.");
  }

  @Test
  void warnsOfAResultThatGaveNothing() {
    assertThat(result(Reading.claim("a", REQUEST)).warnings(problem()))
        .containsExactly("result.yaml: no ResourceClaim in it has an allocation to start from.");
  }

  @Test
  void refusesWhatIsNoResult() {
    assertThatThrownBy(() -> result(given("a", "GPU/0")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "result.yaml: ResourceClaim ns/a: status.allocation.devices.results[0].device: ");
    assertThatThrownBy(() -> result(given("a", "gpu-0") + given("a", "gpu-1")))
        .hasMessage(
            "result.yaml: ResourceClaim ns/a: the input has another ResourceClaim of this name that"
                + " differs. Leave one of them out.");
    assertThatThrownBy(() -> result(given("a", "gpu-0").replace("k8s.io/v1", "k8s.io/v1alpha3")))
        .hasMessageContaining("resource.k8s.io/v1alpha3 is not read");
  }
}
