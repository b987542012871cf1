package io.tangram.solver.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
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
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.NodeSelector.Operator;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 11 of the rules. */
class ResultAssemblerTest {

  private static final ClaimId ID = new ClaimId("ns", "claim");
  private static final DeviceRequest GPU = request("gpu", "gpus");
  private static final DeviceRequest NIC = request("nic", "nics");
  private static final OpaqueConfig CLASS_CONFIG =
      new OpaqueConfig("driver-a", "{\"of\":\"class\"}");
  private static final OpaqueConfig CLAIM_CONFIG =
      new OpaqueConfig("driver-b", "{\"of\":\"claim\"}");

  @Test
  void listsDevicesInRequestOrderThenInTheOrderOfChoice() {
    Claim claim = claim(new Request.Exactly(GPU), new Request.Exactly(NIC));

    Allocation allocation =
        assemble(claim, choice(GPU, local("b"), local("a")), choice(NIC, local("c")));

    assertThat(allocation.devices())
        .extracting(each -> each.request() + " " + each.device().device())
        .containsExactly("gpu b", "gpu a", "nic c");
    assertThat(allocation.node()).hasValue("node-1");
    assertThat(allocation.claim()).isEqualTo(ID);
  }

  @Test
  void namesTheSubrequestThatWasChosen() {
    Claim claim = claim(new Request.FirstAvailable("any", ImmutableList.of(GPU, NIC)));

    Allocation allocation = assemble(claim, choice(NIC, local("a")));

    assertThat(allocation.devices().get(0).request()).isEqualTo("any/nic");
  }

  @Test
  void copiesTolerationsConditionsAndAdminAccess() {
    DeviceRequest admin =
        DeviceRequest.builder()
            .name("gpu")
            .deviceClass("gpus")
            .adminAccess(true)
            .addTolerations(Toleration.exists("broken"))
            .build();
    Device device =
        Device.builder()
            .name("a")
            .addBindingConditions("ready")
            .addBindingFailureConditions("failed")
            .build();

    Allocation allocation =
        assemble(
            claim(new Request.Exactly(admin)),
            choice(admin, new ChosenDevice(slice(device), device)));

    DeviceAllocation result = allocation.devices().get(0);
    assertThat(result.adminAccess()).isTrue();
    assertThat(result.tolerations()).containsExactly(Toleration.exists("broken"));
    assertThat(result.bindingConditions()).containsExactly("ready");
    assertThat(result.bindingFailureConditions()).containsExactly("failed");
    assertThat(result.shareId()).isEmpty();
    assertThat(result.consumedCapacity()).isEmpty();
  }

  @Test
  void givesAShareAnIdentityAndItsConsumption() {
    QualifiedName memory = QualifiedName.parse("memory");
    DeviceRequest wanting =
        DeviceRequest.builder()
            .name("gpu")
            .deviceClass("gpus")
            .putCapacityRequests(memory, Quantity.of(3))
            .build();
    ChosenDevice shared = shared("a", memory);

    DeviceAllocation share =
        assemble(claim(new Request.Exactly(wanting)), choice(wanting, shared)).devices().get(0);

    assertThat(share.consumedCapacity()).isEqualTo(ImmutableMap.of(memory, Quantity.of(3)));
    assertThat(share.shareId().orElseThrow().version()).isEqualTo(4);
    assertThat(share.shareId().orElseThrow().variant()).isEqualTo(2);
  }

  @Test
  void givesEveryShareAnIdentityOfItsOwnThatDependsOnTheSeed() {
    ChosenDevice shared = shared("a", QualifiedName.parse("memory"));
    Claim claim = claim(new Request.Exactly(GPU), new Request.Exactly(NIC));
    List<Choice> choices = List.of(choice(GPU, shared), choice(NIC, shared));
    AllocationProblem problem = AllocationProblem.builder().build();

    Allocation first = new ResultAssembler(problem, 1).assemble(claim, "node-1", choices);
    Allocation again = new ResultAssembler(problem, 1).assemble(claim, "node-1", choices);
    Allocation other = new ResultAssembler(problem, 2).assemble(claim, "node-1", choices);

    assertThat(again).isEqualTo(first);
    assertThat(
            List.of(
                first.devices().get(0).shareId(),
                first.devices().get(1).shareId(),
                other.devices().get(0).shareId()))
        .doesNotHaveDuplicates();
  }

  @Test
  void listsClassConfigsBeforeClaimConfigsEachWithItsRequests() {
    DeviceRequest second = request("gpu-2", "gpus");
    Claim claim =
        Claim.builder()
            .id(ID)
            .addRequests(
                new Request.Exactly(GPU), new Request.Exactly(NIC), new Request.Exactly(second))
            .addConfigs(
                new ClaimConfig(ImmutableList.of("nic"), CLAIM_CONFIG),
                new ClaimConfig(ImmutableList.of(), CLAIM_CONFIG))
            .build();

    Allocation allocation =
        assemble(
            claim, choice(GPU, local("a")), choice(NIC, local("b")), choice(second, local("c")));

    assertThat(allocation.configs())
        .containsExactly(
            new AllocatedConfig(Source.FROM_CLASS, ImmutableList.of("gpu", "gpu-2"), CLASS_CONFIG),
            new AllocatedConfig(Source.FROM_CLAIM, ImmutableList.of("nic"), CLAIM_CONFIG),
            new AllocatedConfig(Source.FROM_CLAIM, ImmutableList.of(), CLAIM_CONFIG));
  }

  @Test
  void copiesConfigsForDriversWithoutADevice() {
    OpaqueConfig foreign = new OpaqueConfig("other.example.com", "{}");
    Claim claim =
        Claim.builder()
            .id(ID)
            .addRequests(new Request.Exactly(NIC))
            .addConfigs(new ClaimConfig(ImmutableList.of(), foreign))
            .build();

    assertThat(assemble(claim, choice(NIC, local("a"))).configs())
        .containsExactly(new AllocatedConfig(Source.FROM_CLAIM, ImmutableList.of(), foreign));
  }

  @Test
  void clearsTheRequestsOfAConfigThatCoversAllOfThem() {
    Claim claim =
        Claim.builder()
            .id(ID)
            .addRequests(
                new Request.Exactly(GPU),
                new Request.FirstAvailable("any", ImmutableList.of(NIC, GPU)))
            .addConfigs(
                new ClaimConfig(ImmutableList.of("gpu", "any/nic"), CLAIM_CONFIG),
                new ClaimConfig(ImmutableList.of("any/gpu", "gpu"), CLAIM_CONFIG))
            .build();

    Allocation allocation = assemble(claim, choice(GPU, local("a")), choice(NIC, local("b")));

    assertThat(allocation.configs())
        .containsExactly(
            new AllocatedConfig(Source.FROM_CLASS, ImmutableList.of("gpu"), CLASS_CONFIG),
            new AllocatedConfig(Source.FROM_CLAIM, ImmutableList.of(), CLAIM_CONFIG),
            new AllocatedConfig(
                Source.FROM_CLAIM, ImmutableList.of("any/gpu", "gpu"), CLAIM_CONFIG));
  }

  @Test
  void leavesOutConfigsOfSubrequestsThatWereNotChosen() {
    Claim claim =
        Claim.builder()
            .id(ID)
            .addRequests(new Request.FirstAvailable("any", ImmutableList.of(GPU, NIC)))
            .addConfigs(new ClaimConfig(ImmutableList.of("any/gpu"), CLAIM_CONFIG))
            .build();

    Allocation allocation = assemble(claim, choice(NIC, local("a")));

    assertThat(allocation.configs()).isEmpty();
  }

  @Test
  void tiesDevicesOfANodeToIt() {
    Allocation allocation =
        assemble(claim(new Request.Exactly(GPU)), choice(GPU, zone("a", "east"), local("b")));

    assertThat(allocation.nodeSelector()).hasValue(NodeSelector.ofNode("node-1"));
  }

  @Test
  void tiesADeviceThatBindsToTheNode() {
    Device binding = Device.builder().name("a").bindsToNode(true).build();
    ResourceSlice slice = slice(binding).withNodes(NodeSelection.allNodes());

    Allocation allocation =
        assemble(claim(new Request.Exactly(GPU)), choice(GPU, new ChosenDevice(slice, binding)));

    assertThat(allocation.nodeSelector()).hasValue(NodeSelector.ofNode("node-1"));
  }

  @Test
  void mergesNodeSelectorsWithoutRepeatingRequirements() {
    Allocation allocation =
        assemble(
            claim(new Request.Exactly(GPU)),
            choice(GPU, zone("a", "east", "west"), zone("b", "west", "east"), zone("c", "east")));

    assertThat(allocation.nodeSelector())
        .hasValue(
            new NodeSelector(
                ImmutableList.of(
                    new Term(
                        ImmutableList.of(inZone("east", "west"), inZone("east")),
                        ImmutableList.of()))));
  }

  @Test
  void needsNoNodeSelectorForDevicesOfAllNodes() {
    Device device = Device.builder().name("a").build();
    ResourceSlice slice = slice(device).withNodes(NodeSelection.allNodes());

    Allocation allocation =
        assemble(claim(new Request.Exactly(GPU)), choice(GPU, new ChosenDevice(slice, device)));

    assertThat(allocation.nodeSelector()).isEmpty();
  }

  @Test
  void takesTheSelectionOfTheDeviceWhereTheSliceLeavesItThere() {
    Device device = Device.builder().name("a").nodes(NodeSelection.node("node-1")).build();
    ResourceSlice slice = slice(device).withNodes(new NodeSelection.PerDevice());

    Allocation allocation =
        assemble(claim(new Request.Exactly(GPU)), choice(GPU, new ChosenDevice(slice, device)));

    assertThat(allocation.nodeSelector()).hasValue(NodeSelector.ofNode("node-1"));
  }

  @Test
  void refusesASelectorOfSeveralTermsUnlessTheNodeIsFixedBefore() {
    Device device = Device.builder().name("a").build();
    Term east = new Term(ImmutableList.of(inZone("east")), ImmutableList.of());
    Term west = new Term(ImmutableList.of(inZone("west")), ImmutableList.of());
    ChosenDevice either =
        new ChosenDevice(
            slice(device)
                .withNodes(
                    new NodeSelection.Matching(new NodeSelector(ImmutableList.of(east, west)))),
            device);

    assertThatThrownBy(() -> assemble(claim(new Request.Exactly(GPU)), choice(GPU, either)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("R185");
    assertThat(
            assemble(claim(new Request.Exactly(GPU)), choice(GPU, local("b"), either))
                .nodeSelector())
        .hasValue(NodeSelector.ofNode("node-1"));
  }

  @Test
  void givesAClaimWithoutRequestsNothing() {
    Claim claim =
        Claim.builder()
            .id(ID)
            .addConfigs(new ClaimConfig(ImmutableList.of(), CLAIM_CONFIG))
            .build();

    Allocation allocation = assemble(claim);

    assertThat(allocation.devices()).isEmpty();
    assertThat(allocation.nodeSelector()).isEmpty();
    assertThat(allocation.configs())
        .containsExactly(new AllocatedConfig(Source.FROM_CLAIM, ImmutableList.of(), CLAIM_CONFIG));
  }

  @Test
  void needsAChoiceForEachRequest() {
    assertThatThrownBy(() -> assemble(claim(new Request.Exactly(GPU))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 requests, but 0 choices");
  }

  private static Allocation assemble(Claim claim, Choice... choices) {
    DeviceClass gpus = DeviceClass.builder().name("gpus").addConfigs(CLASS_CONFIG).build();
    DeviceClass nics = DeviceClass.builder().name("nics").build();
    AllocationProblem problem = AllocationProblem.builder().addDeviceClasses(gpus, nics).build();
    return new ResultAssembler(problem, 1).assemble(claim, "node-1", List.of(choices));
  }

  private static Claim claim(Request... requests) {
    return Claim.builder().id(ID).addRequests(requests).build();
  }

  private static DeviceRequest request(String name, String deviceClass) {
    return DeviceRequest.builder().name(name).deviceClass(deviceClass).build();
  }

  private static Choice choice(DeviceRequest alternative, ChosenDevice... devices) {
    return new Choice(alternative, ImmutableList.copyOf(devices));
  }

  private static ChosenDevice local(String name) {
    Device device = Device.builder().name(name).build();
    return new ChosenDevice(slice(device), device);
  }

  private static ChosenDevice shared(String name, QualifiedName capacity) {
    Device device =
        Device.builder()
            .name(name)
            .allowMultipleAllocations(true)
            .putCapacity(capacity, DeviceCapacity.of(Quantity.of(8)))
            .build();
    return new ChosenDevice(slice(device), device);
  }

  private static ChosenDevice zone(String name, String... zones) {
    Device device = Device.builder().name(name).build();
    Term term = new Term(ImmutableList.of(inZone(zones)), ImmutableList.of());
    return new ChosenDevice(
        slice(device)
            .withNodes(new NodeSelection.Matching(new NodeSelector(ImmutableList.of(term)))),
        device);
  }

  private static Requirement inZone(String... zones) {
    return new Requirement("zone", Operator.IN, ImmutableList.copyOf(zones));
  }

  private static io.tangram.api.device.ImmutableResourceSlice slice(Device device) {
    return ResourceSlice.builder()
        .name("slice")
        .pool(new PoolId("driver-a", "pool"))
        .nodes(NodeSelection.node("node-1"))
        .addDevices(device)
        .build();
  }
}
