package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.AllocatedConfig.Source;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.NodeSelector.Operator;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResultBuilderTest {

  private static final UUID SHARE = new UUID(1, 2);
  private static final OpaqueConfig OF_CLASS = new OpaqueConfig("gpu.example.com", "class");
  private static final OpaqueConfig OF_CLAIM = new OpaqueConfig("gpu.example.com", "claim");

  private static final DeviceRequest GPU = leaf("gpu").build();
  private static final DeviceRequest WHOLE = leaf("whole").build();
  private static final DeviceRequest PARTS = leaf("parts").deviceClass("plain").build();
  private static final Request EXACT = new Request.Exactly(GPU);
  private static final Request LIST =
      new Request.FirstAvailable("accel", ImmutableList.of(WHOLE, PARTS));

  private final ResultBuilder builder =
      new ResultBuilder(
          AllocationProblem.builder()
              .addDeviceClasses(
                  DeviceClass.builder().name("configured").addConfigs(OF_CLASS).build(),
                  DeviceClass.builder().name("plain").build())
              .build(),
          () -> SHARE);

  @Test
  void namesRequestsAndSubrequests() {
    Allocation result =
        builder.result(
            claim(EXACT, LIST).build(),
            "node",
            List.of(chosen(EXACT, GPU, local("a")), chosen(LIST, PARTS, local("b"))));

    assertThat(result.devices())
        .extracting(DeviceAllocation::request)
        .containsExactly("gpu", "accel/parts");
    assertThat(result.node()).hasValue("node");
  }

  @Test
  void copiesWhatTheRequestSays() {
    DeviceRequest admin =
        leaf("gpu").adminAccess(true).addTolerations(Toleration.exists("bad")).build();
    Request request = new Request.Exactly(admin);

    DeviceAllocation device =
        only(
            builder.result(
                claim(request).build(), "n", List.of(chosen(request, admin, local("a")))));

    assertThat(device.adminAccess()).isTrue();
    assertThat(device.tolerations()).containsExactly(Toleration.exists("bad"));
    assertThat(device.shareId()).isEmpty();
  }

  @Test
  void copiesWhatTheDeviceSays() {
    Device conditional =
        Device.builder()
            .name("a")
            .addBindingConditions("ready")
            .addBindingFailureConditions("failed")
            .build();

    DeviceAllocation device = only(resultFor(conditional, NodeSelection.allNodes()));

    assertThat(device.bindingConditions()).containsExactly("ready");
    assertThat(device.bindingFailureConditions()).containsExactly("failed");
  }

  @Test
  void copiesGroupsOfTheCounterSetsThatHaveAny() {
    ImmutableMap<String, Quantity> amounts = ImmutableMap.of("slot", Quantity.ONE);
    Device grouped =
        Device.builder()
            .name("a")
            .addConsumesCounters(
                new CounterConsumption("board", amounts, ImmutableSet.of("even", "odd")),
                new CounterConsumption("links", amounts))
            .build();

    DeviceAllocation device = only(resultFor(grouped, NodeSelection.allNodes()));

    assertThat(device.compatibilityGroups())
        .isEqualTo(ImmutableMap.of("board", ImmutableSet.of("even", "odd")));
  }

  @Test
  void copiesWhatTheSliceSays() {
    PublishedDevice skipping =
        new PublishedDevice(
            new DeviceId("gpu.example.com", "pool", "a"),
            device("a"),
            NodeSelection.allNodes(),
            ImmutableSet.of("*"));

    Allocation result =
        builder.result(claim(EXACT).build(), "node", List.of(chosen(EXACT, GPU, skipping)));

    assertThat(only(result).skipNodeOperations()).containsExactly("*");
  }

  @Test
  void identifiesSharesAndTheirCapacities() {
    QualifiedName memory = QualifiedName.parse("memory");
    Device shared =
        Device.builder()
            .name("a")
            .allowMultipleAllocations(true)
            .putCapacity(memory, DeviceCapacity.of(Quantity.gibibytes(40)))
            .build();

    DeviceAllocation device = only(resultFor(shared, NodeSelection.allNodes()));

    assertThat(device.shareId()).hasValue(SHARE);
    assertThat(device.consumedCapacity())
        .isEqualTo(ImmutableMap.of(memory, Quantity.gibibytes(40)));
  }

  @Test
  void listsClassConfigOnceForAllItsRequests() {
    Claim claim = claim(EXACT, LIST, new Request.Exactly(PARTS)).build();

    Allocation result =
        builder.result(
            claim,
            "node",
            List.of(
                chosen(EXACT, GPU, local("a")),
                chosen(LIST, WHOLE, local("b")),
                chosen(claim.requests().get(2), PARTS, local("c"))));

    assertThat(result.configs())
        .containsExactly(
            new AllocatedConfig(
                Source.FROM_CLASS, ImmutableList.of("gpu", "accel/whole"), OF_CLASS));
  }

  @Test
  void keepsClaimConfigsOfChosenAlternatives() {
    Claim claim =
        claim(EXACT, LIST)
            .addConfigs(config("accel/whole"), config("accel/parts"), config("accel"), config())
            .build();

    Allocation result =
        builder.result(
            claim,
            "node",
            List.of(chosen(EXACT, GPU, local("a")), chosen(LIST, PARTS, local("b"))));

    assertThat(result.configs())
        .filteredOn(config -> config.source() == Source.FROM_CLAIM)
        .extracting(AllocatedConfig::requests)
        .containsExactly(
            ImmutableList.of("accel/parts"), ImmutableList.of("accel"), ImmutableList.of());
  }

  @Test
  void clearsRequestsOfConfigsForAll() {
    Claim claim = claim(EXACT, LIST).addConfigs(config("accel/parts", "gpu")).build();

    Allocation result =
        builder.result(
            claim,
            "node",
            List.of(chosen(EXACT, GPU, local("a")), chosen(LIST, PARTS, local("b"))));

    assertThat(result.configs())
        .last()
        .isEqualTo(new AllocatedConfig(Source.FROM_CLAIM, ImmutableList.of(), OF_CLAIM));
  }

  @Test
  void keepsConfigsForAllOfAnEmptyClaim() {
    Claim claim = claim().addConfigs(config(), config("gone")).build();

    Allocation result = builder.result(claim, "node", List.of());

    assertThat(result.configs())
        .extracting(AllocatedConfig::requests)
        .containsExactly(ImmutableList.of());
    assertThat(result.nodeSelector()).isEmpty();
  }

  @Test
  void tiesToTheNodeOfALocalDevice() {
    assertThat(resultFor(device("a"), NodeSelection.node("node")).nodeSelector())
        .hasValue(NodeSelector.ofNode("node"));
  }

  @Test
  void tiesToTheNodeOfADeviceThatBinds() {
    Device binding = Device.builder().name("a").bindsToNode(true).build();

    assertThat(resultFor(binding, NodeSelection.allNodes()).nodeSelector())
        .hasValue(NodeSelector.ofNode("node"));
  }

  @Test
  void saysNothingOfNodesForDevicesOfAllNodes() {
    assertThat(resultFor(device("a"), NodeSelection.allNodes()).nodeSelector()).isEmpty();
  }

  @Test
  void mergesNodeSelectorsWithoutRepetition() {
    Requirement zones = new Requirement("zone", Operator.IN, ImmutableList.of("a", "b"));
    Requirement sameZones = new Requirement("zone", Operator.IN, ImmutableList.of("b", "a"));
    Requirement rack = new Requirement("rack", Operator.EXISTS, ImmutableList.of());
    Claim claim = claim(EXACT, LIST).build();

    Allocation result =
        builder.result(
            claim,
            "node",
            List.of(
                chosen(EXACT, GPU, seenBy(device("a"), matching(zones))),
                chosen(LIST, PARTS, seenBy(device("b"), matching(sameZones, rack)))));

    assertThat(result.nodeSelector()).hasValue(selector(zones, rack));
  }

  private Allocation resultFor(Device device, NodeSelection nodes) {
    return builder.result(
        claim(EXACT).build(), "node", List.of(chosen(EXACT, GPU, seenBy(device, nodes))));
  }

  private static DeviceAllocation only(Allocation allocation) {
    assertThat(allocation.devices()).hasSize(1);
    return allocation.devices().get(0);
  }

  private static ImmutableDeviceRequest.Builder leaf(String name) {
    return DeviceRequest.builder().name(name).deviceClass("configured");
  }

  private static ImmutableClaim.Builder claim(Request... requests) {
    return Claim.builder().id(new ClaimId("ns", "claim")).addRequests(requests);
  }

  private static ClaimConfig config(String... requests) {
    return new ClaimConfig(ImmutableList.copyOf(requests), OF_CLAIM);
  }

  private static ChosenDevice chosen(
      Request request, DeviceRequest alternative, PublishedDevice device) {
    return new ChosenDevice(request, alternative, device);
  }

  private static Device device(String name) {
    return Device.builder().name(name).build();
  }

  private static PublishedDevice local(String name) {
    return seenBy(device(name), NodeSelection.node("node"));
  }

  private static PublishedDevice seenBy(Device device, NodeSelection nodes) {
    return new PublishedDevice(
        new DeviceId("gpu.example.com", "pool", device.name()), device, nodes, ImmutableSet.of());
  }

  private static NodeSelection matching(Requirement... requirements) {
    return new NodeSelection.Matching(selector(requirements));
  }

  private static NodeSelector selector(Requirement... requirements) {
    return new NodeSelector(
        ImmutableList.of(new Term(ImmutableList.copyOf(requirements), ImmutableList.of())));
  }
}
