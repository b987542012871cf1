package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.exactly;
import static io.tangram.api.check.Given.id;
import static io.tangram.api.check.Given.judge;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.sharedSlice;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceConstraint.Linked;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.LinkRequirement;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinkCheckTest {

  private static final QualifiedName ROOT = QualifiedName.of("resource.kubernetes.io", "pcieRoot");
  private static final Linked BY_NVLINK = new Linked(ImmutableList.of(), LinkRequirement.NV_LINKS);
  private static final LinkGraph<DeviceId> A_TO_B =
      LinkGraph.of(
          List.of(id("n1/a"), id("n1/b"), id("n1/c")),
          ImmutableMap.of(ImmutableSet.of(id("n1/a"), id("n1/b")), Link.ofNvLinks(4)));

  private static AllocationProblem listed() {
    return problem(slice("n1", Given.devices("a", "b", "c", "d")))
        .links(ImmutableMap.of("n1", A_TO_B))
        .build();
  }

  /** Judges one request for as many devices as are given. */
  private static ImmutableList<String> judgeGiven(
      AllocationProblem problem, Linked constraint, String... devices) {
    Claim claim =
        claim("c", exactly(leaf("r").mode(AllocationMode.exactly(devices.length))))
            .withConstraints(constraint);

    return judge(problem, claim, given(claim, devices));
  }

  private static Allocation given(Claim claim, String... devices) {
    return allocation(
        claim,
        "n1",
        Stream.of(devices).map(name -> result("r", name)).toArray(DeviceAllocation[]::new));
  }

  @Test
  void requiresOfEachTwoDevicesWhatTheClaimDoes() {
    assertThat(judgeGiven(listed(), BY_NVLINK, "n1/a", "n1/b")).isEmpty();
    assertThat(judgeGiven(listed(), BY_NVLINK, "n1/a", "n1/c")).containsExactly("LINKS");
    assertThat(judgeGiven(listed(), BY_NVLINK, "n1/a", "n1/b", "n1/c")).containsExactly("LINKS");
  }

  @Test
  void oneDeviceHasWhatIsRequired() {
    assertThat(judgeGiven(listed(), BY_NVLINK, "n1/c")).isEmpty();
    assertThat(judgeGiven(listed(), BY_NVLINK, "n1/d")).isEmpty();
  }

  @Test
  void whatIsGivenForANodeIsAllThatIsKnownOfIt() {
    Linked anyLink = new Linked(ImmutableList.of(), LinkRequirement.NONE);

    assertThat(judgeGiven(listed(), anyLink, "n1/a", "n1/c")).isEmpty();
    assertThat(judgeGiven(listed(), anyLink, "n1/a", "n1/d")).containsExactly("LINKS");
  }

  @Test
  void goesByAttributesWhereNothingElseIsKnown() {
    AllocationProblem problem =
        problem(
                slice(
                    "n1",
                    device("a").putAttributes(ROOT, new StringValue("pci0")).build(),
                    device("b").putAttributes(ROOT, new StringValue("pci0")).build(),
                    device("c").putAttributes(ROOT, new StringValue("pci1")).build()))
            .build();
    Linked near = new Linked(ImmutableList.of(), LinkRequirement.atLeast(9_600));

    assertThat(judgeGiven(problem, near, "n1/a", "n1/b")).isEmpty();
    assertThat(judgeGiven(problem, near, "n1/a", "n1/c")).containsExactly("LINKS");
    assertThat(judgeGiven(problem, BY_NVLINK, "n1/a", "n1/b")).containsExactly("LINKS");
  }

  @Test
  void devicesOfSeveralNodesAreJoinedToNothing() {
    AllocationProblem problem =
        problem(sharedSlice("net", NodeSelection.allNodes(), Given.devices("a", "b")))
            .putLinks(
                "n1",
                LinkGraph.among(List.of(id("net/a"), id("net/b")), (a, b) -> Link.ofNvLinks(1)))
            .build();
    Claim claim =
        claim("c", exactly(leaf("r").mode(AllocationMode.exactly(2)))).withConstraints(BY_NVLINK);

    assertThat(PlanChecker.of(problem).state().add(claim, given(claim, "net/a", "net/b")))
        .extracting(Violation::message)
        .contains(
            "has no link to gpu.example.com/net/a where the claim requires NVLinks between each two"
                + " of its devices");
  }

  @Test
  void looksAtTheRequestsThatAreNamedOnly() {
    Claim claim =
        claim("c", exactly(leaf("pair").mode(AllocationMode.exactly(2))), request("other"))
            .withConstraints(new Linked(ImmutableList.of("pair"), LinkRequirement.NV_LINKS));

    assertThat(
            judge(
                listed(),
                claim,
                allocation(
                    claim,
                    "n1",
                    result("pair", "n1/a"),
                    result("pair", "n1/b"),
                    result("other", "n1/c"))))
        .isEmpty();
  }

  @Test
  void heldDevicesThatAreNoLongerJoinedHaveDrifted() {
    Claim claim =
        claim("c", exactly(leaf("r").mode(AllocationMode.exactly(2)))).withConstraints(BY_NVLINK);
    AllocationProblem problem =
        ImmutableAllocationProblem.copyOf(listed())
            .withHeld(Given.held("c", result("r", "n1/a"), result("r", "n1/c")))
            .withHeldClaims(ImmutableMap.of(claim.id(), claim));

    assertThat(PlanChecker.of(problem).checkHeld())
        .extracting(Violation::rule, Violation::severity)
        .containsExactly(tuple("LINKS", Violation.Severity.DRIFT));
  }
}
