package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.judge;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.sharedSlice;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.NodeSelector.Operator;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import io.tangram.api.device.ResourceSlice;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Section 11.3 of the rules. */
class ExpectedNodeSelectorTest {

  private static final Requirement RACK_12 =
      new Requirement("rack", Operator.IN, ImmutableList.of("r1", "r2"));
  private static final Requirement RACK_21 =
      new Requirement("rack", Operator.IN, ImmutableList.of("r2", "r1"));
  private static final Requirement ZONE =
      new Requirement("zone", Operator.EXISTS, ImmutableList.of());
  private static final Requirement NOT_N2 =
      new Requirement(NodeSelector.NAME_FIELD, Operator.NOT_IN, ImmutableList.of("n2"));

  private static final Optional<NodeSelector> ON_N1 = Optional.of(NodeSelector.ofNode("n1"));

  private static Term term(Requirement... expressions) {
    return new Term(ImmutableList.copyOf(expressions), ImmutableList.of());
  }

  private static NodeSelector selector(Term... terms) {
    return new NodeSelector(ImmutableList.copyOf(terms));
  }

  private static NodeSelection matching(Term... terms) {
    return new NodeSelection.Matching(selector(terms));
  }

  private static ResourceSlice slice1(NodeSelection nodes) {
    return sharedSlice("p", nodes, devices("a"));
  }

  private static ResourceSlice slice2(NodeSelection nodes) {
    return sharedSlice("q", nodes, devices("b"));
  }

  /** Judges a claim for the first device of each slice, with the node selector. */
  private static ImmutableList<String> judgeSelector(
      Optional<NodeSelector> selector, ResourceSlice... slices) {
    AllocationProblem problem =
        AllocationProblem.builder()
            .addNodes(
                Node.builder().name("n1").putLabels("rack", "r1").putLabels("zone", "z").build())
            .addSlices(slices)
            .addDeviceClasses(Given.deviceClass("gpu"))
            .build();
    Claim claim =
        slices.length == 1 ? claim("c", request("r0")) : claim("c", request("r0"), request("r1"));
    DeviceAllocation[] results = new DeviceAllocation[slices.length];
    for (int i = 0; i < slices.length; i++) {
      DeviceId id = slices[i].idOf(slices[i].devices().get(0));
      results[i] = result("r" + i, id.pool() + "/" + id.device());
    }
    return judge(problem, claim, allocation(claim, "n1", results).withNodeSelector(selector));
  }

  @Test
  void tiesAClaimToTheNodeOfItsDevice() {
    assertThat(judgeSelector(ON_N1, slice("n1", devices("a")))).isEmpty();
    assertThat(judgeSelector(Optional.empty(), slice("n1", devices("a")))).containsExactly("R182");
    assertThat(judgeSelector(Optional.of(NodeSelector.ofNode("n2")), slice("n1", devices("a"))))
        .containsExactly("R182");
  }

  @Test
  void tiesAClaimToTheNodeOfTheDeviceThatSelectsItItself() {
    Device own = device("own").nodes(NodeSelection.node("n1")).build();
    ResourceSlice perDevice =
        sharedSlice("p", new NodeSelection.PerDevice(), ImmutableList.of(own));

    assertThat(judgeSelector(ON_N1, perDevice)).isEmpty();
    assertThat(judgeSelector(Optional.empty(), perDevice)).containsExactly("R182");
  }

  @Test
  void tiesAClaimToItsNodeWhereADeviceBindsToIt() {
    ResourceSlice binding =
        sharedSlice(
            "p", NodeSelection.allNodes(), ImmutableList.of(device("a").bindsToNode(true).build()));

    assertThat(judgeSelector(ON_N1, binding)).isEmpty();
    assertThat(judgeSelector(Optional.empty(), binding)).containsExactly("R182");
  }

  @Test
  void leavesAClaimOnAllNodesThatItsDevicesAreFor() {
    ResourceSlice everywhere = slice1(NodeSelection.allNodes());

    assertThat(judgeSelector(Optional.empty(), everywhere)).isEmpty();
    assertThat(judgeSelector(ON_N1, everywhere)).containsExactly("R184");
  }

  @Test
  void ignoresOtherSelectionsWhereOneDeviceTiesTheClaim() {
    assertThat(judgeSelector(ON_N1, slice1(matching(term(ZONE))), slice("n1", devices("b"))))
        .isEmpty();
    assertThat(judgeSelector(ON_N1, slice("n1", devices("b")), slice1(matching(term(ZONE)))))
        .isEmpty();
  }

  @Test
  void mergesTheSelectorsOfDevicesInResultOrder() {
    ResourceSlice[] slices = {
      slice1(matching(term(RACK_12))), slice2(matching(term(ZONE, RACK_21)))
    };

    assertThat(judgeSelector(Optional.of(selector(term(RACK_12, ZONE))), slices)).isEmpty();
    assertThat(judgeSelector(Optional.of(selector(term(ZONE, RACK_12))), slices))
        .containsExactly("R183");
    assertThat(judgeSelector(Optional.of(selector(term(RACK_12, ZONE, RACK_21))), slices))
        .containsExactly("R183");
    assertThat(judgeSelector(Optional.empty(), slices)).containsExactly("R183");
  }

  @Test
  void mergesFieldsApartFromLabels() {
    Term both = new Term(ImmutableList.of(ZONE), ImmutableList.of(NOT_N2));
    Term onlyField = new Term(ImmutableList.of(), ImmutableList.of(NOT_N2));

    assertThat(
            judgeSelector(
                Optional.of(selector(both)),
                slice1(matching(onlyField)),
                slice2(matching(term(ZONE)))))
        .isEmpty();
    assertThat(judgeSelector(Optional.of(selector(onlyField)), slice1(matching(onlyField))))
        .isEmpty();
  }

  /** R185, unless another device ties the claim to its node first. */
  @Test
  void refusesASelectorOfSeveralTerms() {
    NodeSelection several = matching(term(ZONE), term(RACK_12));

    assertThat(judgeSelector(Optional.of(selector(term(ZONE))), slice1(several)))
        .containsExactly("R185");
    assertThat(judgeSelector(ON_N1, slice1(several), slice("n1", devices("b"))))
        .containsExactly("R185");
    assertThat(judgeSelector(ON_N1, slice("n1", devices("b")), slice1(several))).isEmpty();
  }

  @Test
  void writesSelectorsAsKubernetesDoes() {
    NodeSelector selector =
        selector(new Term(ImmutableList.of(RACK_12, ZONE), ImmutableList.of(NOT_N2)), term(ZONE));

    assertThat(selector)
        .hasToString(
            "rack In [r1, r2] and zone Exists and metadata.name NotIn [n2] or zone Exists");
  }
}
