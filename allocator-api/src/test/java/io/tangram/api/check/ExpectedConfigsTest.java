package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.exactly;
import static io.tangram.api.check.Given.firstAvailable;
import static io.tangram.api.check.Given.judge;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.AllocatedConfig.Source;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.device.Node;
import org.junit.jupiter.api.Test;

/** Section 11.2 of the rules. */
class ExpectedConfigsTest {

  private static final OpaqueConfig GPU_1 = new OpaqueConfig(Given.DRIVER, "{\"gpu\":1}");
  private static final OpaqueConfig GPU_2 = new OpaqueConfig(Given.DRIVER, "{\"gpu\":2}");
  private static final OpaqueConfig OTHER = new OpaqueConfig("other.example.com", "{}");
  private static final OpaqueConfig OWN = new OpaqueConfig("third.example.com", "{}");

  private static final AllocationProblem PROBLEM =
      AllocationProblem.builder()
          .addNodes(Node.of("n1"))
          .addSlices(slice("n1", devices("a", "b", "c")))
          .addDeviceClasses(
              DeviceClass.builder().name("gpu").addConfigs(GPU_1, GPU_2).build(),
              DeviceClass.builder().name("other").addConfigs(OTHER).build())
          .build();

  private static AllocatedConfig fromClass(OpaqueConfig opaque, String... requests) {
    return new AllocatedConfig(Source.FROM_CLASS, ImmutableList.copyOf(requests), opaque);
  }

  private static AllocatedConfig fromClaim(OpaqueConfig opaque, String... requests) {
    return new AllocatedConfig(Source.FROM_CLAIM, ImmutableList.copyOf(requests), opaque);
  }

  private static ClaimConfig config(OpaqueConfig opaque, String... requests) {
    return new ClaimConfig(ImmutableList.copyOf(requests), opaque);
  }

  private static ImmutableList<String> judgeConfigs(
      Claim claim, ImmutableList<DeviceAllocation> results, AllocatedConfig... configs) {
    return judge(
        PROBLEM,
        claim,
        allocation(claim, "n1", results.toArray(new DeviceAllocation[0])).withConfigs(configs));
  }

  private static final ImmutableClaim THREE =
      claim("c", request("r"), exactly(leaf("s").deviceClass("other")), request("t"));
  private static final ImmutableList<DeviceAllocation> ABC =
      ImmutableList.of(result("r", "n1/a"), result("s", "n1/b"), result("t", "n1/c"));

  /** R175: where a class is met again, its entries get the name of the request. */
  @Test
  void demandsTheEntriesOfEachClassWhereItIsFirstMet() {
    assertThat(
            judgeConfigs(
                THREE,
                ABC,
                fromClass(GPU_1, "r", "t"),
                fromClass(GPU_2, "r", "t"),
                fromClass(OTHER, "s")))
        .isEmpty();
    assertThat(
            judgeConfigs(
                THREE,
                ABC,
                fromClass(OTHER, "s"),
                fromClass(GPU_1, "r", "t"),
                fromClass(GPU_2, "r", "t")))
        .containsExactly("R175");
    assertThat(
            judgeConfigs(
                THREE,
                ABC,
                fromClass(GPU_1, "r"),
                fromClass(GPU_2, "r"),
                fromClass(OTHER, "s"),
                fromClass(GPU_1, "t"),
                fromClass(GPU_2, "t")))
        .containsExactly("R175");
    assertThat(judgeConfigs(THREE, ABC)).containsExactly("R175");
  }

  @Test
  void demandsTheEntriesOfTheClaimAfterThoseOfClasses() {
    Claim claim = THREE.withConfigs(config(OWN, "t"), config(OTHER, "r"));

    assertThat(
            judgeConfigs(
                claim,
                ABC,
                fromClass(GPU_1, "r", "t"),
                fromClass(GPU_2, "r", "t"),
                fromClass(OTHER, "s"),
                fromClaim(OWN, "t"),
                fromClaim(OTHER, "r")))
        .isEmpty();
    assertThat(
            judgeConfigs(
                claim,
                ABC,
                fromClass(GPU_1, "r", "t"),
                fromClass(GPU_2, "r", "t"),
                fromClass(OTHER, "s"),
                fromClaim(OTHER, "r"),
                fromClaim(OWN, "t")))
        .containsExactly("R176");
    assertThat(
            judgeConfigs(
                claim,
                ABC,
                fromClaim(OWN, "t"),
                fromClaim(OTHER, "r"),
                fromClass(GPU_1, "r", "t"),
                fromClass(GPU_2, "r", "t"),
                fromClass(OTHER, "s")))
        .containsExactly("R176");
  }

  /** R177. */
  @Test
  void demandsNoNamesWhereAllRequestsAreNamed() {
    Claim claim = claim("c", exactly(leaf("r").deviceClass("other"))).withConfigs(config(OWN, "r"));
    ImmutableList<DeviceAllocation> a = ImmutableList.of(result("r", "n1/a"));

    assertThat(judgeConfigs(claim, a, fromClass(OTHER), fromClaim(OWN))).isEmpty();
    assertThat(judgeConfigs(claim, a, fromClass(OTHER, "r"), fromClaim(OWN, "r")))
        .containsExactly("R175");
    assertThat(judgeConfigs(claim, a, fromClass(OTHER), fromClaim(OWN, "r")))
        .containsExactly("R176");
  }

  /** R176: entries that name only alternatives that were not chosen are left out. */
  @Test
  void demandsEntriesForTheChosenAlternativeOnly() {
    ImmutableClaim plain =
        claim(
            "c",
            firstAvailable("r", leaf("x").deviceClass("other"), leaf("y").deviceClass("other")),
            exactly(leaf("s").deviceClass("other")));
    ImmutableList<DeviceAllocation> results =
        ImmutableList.of(result("r/y", "n1/a"), result("s", "n1/b"));
    AllocatedConfig ofClass = fromClass(OTHER);

    assertThat(judgeConfigs(plain.withConfigs(config(OWN, "r/x")), results, ofClass)).isEmpty();
    assertThat(
            judgeConfigs(
                plain.withConfigs(config(OWN, "r/x")), results, ofClass, fromClaim(OWN, "r/x")))
        .containsExactly("R176");
    assertThat(
            judgeConfigs(
                plain.withConfigs(config(OWN, "r/x", "r/y")),
                results,
                ofClass,
                fromClaim(OWN, "r/x", "r/y")))
        .isEmpty();
    assertThat(
            judgeConfigs(
                plain.withConfigs(config(OWN, "r")), results, ofClass, fromClaim(OWN, "r")))
        .isEmpty();
    assertThat(
            judgeConfigs(
                plain.withConfigs(config(OWN, "r/y", "s")), results, ofClass, fromClaim(OWN)))
        .isEmpty();
    assertThat(judgeConfigs(plain.withConfigs(config(OWN)), results, ofClass, fromClaim(OWN)))
        .isEmpty();
    assertThat(judgeConfigs(plain.withConfigs(config(OWN, "z")), results, ofClass)).isEmpty();
  }

  @Test
  void demandsOneEntryHoweverManyDevicesARequestHas() {
    Claim claim =
        claim(
            "c",
            exactly(leaf("r").deviceClass("other").mode(AllocationMode.exactly(2))),
            request("s"));

    assertThat(
            judgeConfigs(
                claim,
                ImmutableList.of(result("r", "n1/a"), result("r", "n1/b"), result("s", "n1/c")),
                fromClass(OTHER, "r"),
                fromClass(GPU_1, "s"),
                fromClass(GPU_2, "s")))
        .isEmpty();
  }

  /** R172. */
  @Test
  void demandsEntriesForAllOfAClaimWithoutRequests() {
    Claim claim = claim("c").withConfigs(config(OWN), config(OTHER, "r"));
    ImmutableList<DeviceAllocation> none = ImmutableList.of();

    assertThat(judgeConfigs(claim, none, fromClaim(OWN))).doesNotContain("R175", "R176");
    assertThat(judgeConfigs(claim, none)).contains("R176");
  }
}
