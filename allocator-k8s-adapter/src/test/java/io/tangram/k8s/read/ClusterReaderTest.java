package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.claim;
import static io.tangram.k8s.read.Reading.device;
import static io.tangram.k8s.read.Reading.exactly;
import static io.tangram.k8s.read.Reading.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.k8s.tree.JsonEmitter;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterReaderTest {

  private static QualifiedName name(String text) {
    return QualifiedName.parse(text);
  }

  private static Quantity quantity(String text) {
    return Quantity.parse(text);
  }

  @Test
  void readsEveryFieldOfADevice() {
    Cluster cluster =
        Reading.read(
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceSlice
            metadata: {name: s}
            spec:
              driver: d.com
              pool: {name: a/b, generation: 3, resourceSliceCount: 2}
              perDeviceNodeSelection: true
              devices:
              - name: dev
                attributes:
                  i: {int: -9007199254740993}
                  b: {bool: true}
                  s: {string: text}
                  v: {version: 1.2.3-rc.1+b}
                  x.com/is: {ints: [1, 2]}
                  bs: {bools: [false]}
                  ss: {strings: [a, b]}
                  vs: {versions: [1.0.0]}
                  future: {complex: "1+2i"}
                capacity:
                  m: {value: 80Gi, requestPolicy: {default: 1Gi, validRange: {min: 1Gi, max: 8Gi, step: 1Gi}}}
                  n: {value: 8, requestPolicy: {default: 1, validValues: [1, 2]}}
                  o: {value: 1, requestPolicy: {default: 0}}
                  p: {value: 0.5}
                allowMultipleAllocations: true
                consumesCounters:
                - {counterSet: c, counters: {memory: {value: 10Gi}}}
                taints:
                - {key: k, value: v, effect: NoSchedule, timeAdded: "2025-01-01T00:00:00Z"}
                nodeSelector:
                  nodeSelectorTerms:
                  - matchExpressions: [{key: zone, operator: In, values: [a, b]}]
                    matchFields: [{key: metadata.name, operator: NotIn, values: [x]}]
                bindsToNode: true
                bindingConditions: [x.com/Ready]
                bindingFailureConditions: [x.com/Failed]
            """);

    ResourceSlice slice = cluster.problem().slices().get(0);
    assertThat(slice.name()).isEqualTo("s");
    assertThat(slice.pool()).isEqualTo(new PoolId("d.com", "a/b"));
    assertThat(slice.generation()).isEqualTo(3);
    assertThat(slice.resourceSliceCount()).isEqualTo(2);
    assertThat(slice.nodes()).isEqualTo(new NodeSelection.PerDevice());
    assertThat(slice.devices())
        .containsExactly(
            Device.builder()
                .name("dev")
                .attributes(
                    ImmutableMap.<QualifiedName, AttributeValue>builder()
                        .put(name("i"), new AttributeValue.IntValue(-9007199254740993L))
                        .put(name("b"), new AttributeValue.BoolValue(true))
                        .put(name("s"), new AttributeValue.StringValue("text"))
                        .put(name("v"), new AttributeValue.VersionValue("1.2.3-rc.1+b"))
                        .put(name("x.com/is"), new AttributeValue.IntList(ImmutableList.of(1L, 2L)))
                        .put(name("bs"), new AttributeValue.BoolList(ImmutableList.of(false)))
                        .put(name("ss"), new AttributeValue.StringList(ImmutableList.of("a", "b")))
                        .put(name("vs"), new AttributeValue.VersionList(ImmutableList.of("1.0.0")))
                        .put(name("future"), new AttributeValue.UnknownValue())
                        .buildOrThrow())
                .capacity(
                    ImmutableMap.of(
                        name("m"),
                        new DeviceCapacity(
                            quantity("80Gi"),
                            Optional.of(
                                new CapacityPolicy.ValidRange(
                                    Optional.of(quantity("1Gi")),
                                    quantity("1Gi"),
                                    Optional.of(quantity("8Gi")),
                                    Optional.of(quantity("1Gi"))))),
                        name("n"),
                        new DeviceCapacity(
                            quantity("8"),
                            Optional.of(
                                new CapacityPolicy.ValidValues(
                                    Optional.of(quantity("1")),
                                    ImmutableList.of(quantity("1"), quantity("2"))))),
                        name("o"),
                        new DeviceCapacity(
                            quantity("1"),
                            Optional.of(
                                new CapacityPolicy.DefaultOnly(Optional.of(quantity("0"))))),
                        name("p"),
                        DeviceCapacity.of(quantity("0.5"))))
                .allowMultipleAllocations(true)
                .consumesCounters(
                    ImmutableList.of(
                        new CounterConsumption("c", ImmutableMap.of("memory", quantity("10Gi")))))
                .taints(
                    ImmutableList.of(
                        new Taint(
                            "k",
                            "v",
                            Taint.Effect.NO_SCHEDULE,
                            Optional.of(Instant.parse("2025-01-01T00:00:00Z")))))
                .nodes(
                    new NodeSelection.Matching(
                        new NodeSelector(
                            ImmutableList.of(
                                new NodeSelector.Term(
                                    ImmutableList.of(
                                        new NodeSelector.Requirement(
                                            "zone",
                                            NodeSelector.Operator.IN,
                                            ImmutableList.of("a", "b"))),
                                    ImmutableList.of(
                                        new NodeSelector.Requirement(
                                            "metadata.name",
                                            NodeSelector.Operator.NOT_IN,
                                            ImmutableList.of("x"))))))))
                .bindsToNode(true)
                .bindingConditions(ImmutableList.of("x.com/Ready"))
                .bindingFailureConditions(ImmutableList.of("x.com/Failed"))
                .build());
    assertThat(cluster.problem().nodes()).hasSize(1);
    assertThat(cluster.warnings())
        .containsExactly(
            "there are no Node objects, so nodes have no labels for node selectors to match.");
  }

  @Test
  void readsCounterSetsAndNodeSelections() {
    Cluster cluster =
        Reading.read(
            slice("s", "nodeName: n1, sharedCounters: [{name: c, counters: {a: {value: 2}}}]"),
            slice("t", "allNodes: true"),
            slice("u", "somethingNew: true"));

    assertThat(cluster.problem().slices().get(0).sharedCounters())
        .containsExactly(new CounterSet("c", ImmutableMap.of("a", quantity("2"))));
    assertThat(cluster.problem().slices())
        .extracting(ResourceSlice::nodes)
        .containsExactly(
            NodeSelection.node("n1"), NodeSelection.allNodes(), new NodeSelection.Unknown());
  }

  @Test
  void readsEveryFieldOfAClaim() {
    Cluster cluster =
        Reading.read(
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a, namespace: ns, uid: u, creationTimestamp: "2025-01-01T00:00:00Z"}
            spec:
              devices:
                requests:
                - name: one
                  exactly:
                    deviceClassName: c
                    selectors: [{cel: {expression: x}}]
                    allocationMode: All
                    adminAccess: true
                    tolerations: [{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: 5}, {value: v}]
                    capacity: {requests: {m: 5Gi}}
                - name: two
                  firstAvailable:
                  - {name: big, deviceClassName: c, count: 2}
                  - {name: small, deviceClassName: d, count: 0}
                constraints:
                - {requests: [one, two/big], matchAttribute: x.com/root}
                - {distinctAttribute: x.com/port}
                - {somethingNew: {}}
                config:
                - {requests: [two], opaque: {driver: d.com, parameters: {b: 1.50, a: [9007199254740993]}}}
            """);

    assertThat(cluster.problem().claims())
        .containsExactly(
            Claim.builder()
                .id(new ClaimId("ns", "a"))
                .createdAt(Instant.parse("2025-01-01T00:00:00Z"))
                .requests(
                    ImmutableList.of(
                        new Request.Exactly(
                            DeviceRequest.builder()
                                .name("one")
                                .deviceClass("c")
                                .selectors(ImmutableList.of(new ExpressionText("x")))
                                .mode(AllocationMode.ALL)
                                .adminAccess(true)
                                .tolerations(
                                    ImmutableList.of(
                                        new Toleration(
                                            "k",
                                            Toleration.Operator.EXISTS,
                                            "",
                                            Optional.of(Taint.Effect.NO_EXECUTE),
                                            Optional.of(5L)),
                                        new Toleration(
                                            "",
                                            Toleration.Operator.EQUAL,
                                            "v",
                                            Optional.empty(),
                                            Optional.empty())))
                                .capacityRequests(ImmutableMap.of(name("m"), quantity("5Gi")))
                                .build()),
                        new Request.FirstAvailable(
                            "two",
                            ImmutableList.of(
                                DeviceRequest.builder()
                                    .name("big")
                                    .deviceClass("c")
                                    .mode(AllocationMode.exactly(2))
                                    .build(),
                                DeviceRequest.builder().name("small").deviceClass("d").build()))))
                .constraints(
                    ImmutableList.of(
                        new DeviceConstraint.MatchAttribute(
                            ImmutableList.of("one", "two/big"), name("x.com/root")),
                        new DeviceConstraint.DistinctAttribute(
                            ImmutableList.of(), name("x.com/port")),
                        new DeviceConstraint.Unknown(ImmutableList.of())))
                .configs(
                    ImmutableList.of(
                        new ClaimConfig(
                            ImmutableList.of("two"),
                            new OpaqueConfig("d.com", "{\"b\":1.50,\"a\":[9007199254740993]}"))))
                .build());
    assertThat(cluster.warnings())
        .containsExactly(
            "cluster.yaml: ResourceClaim ns/a: spec.devices.constraints[2].somethingNew is not a"
                + " known field and has no effect.");
  }

  @Test
  void givesNoAlternativeAdministrativeAccess() {
    Cluster cluster =
        Reading.read(
            claim(
                "a",
                "{requests: [{name: r, firstAvailable: [{name: s, deviceClassName: c,"
                    + " adminAccess: true}]}]}"));

    assertThat(cluster.problem().claims().get(0).requests().get(0).alternatives())
        .noneMatch(DeviceRequest::adminAccess);
    assertThat(cluster.warnings())
        .containsExactly(
            "cluster.yaml: ResourceClaim ns/a: spec.devices.requests[0].firstAvailable[0]"
                + ".adminAccess is not a known field and has no effect.");
  }

  @Test
  void readsClassesAndAdminNamespaces() {
    Cluster cluster =
        Reading.read(
            """
            {apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: c}, spec: {
              selectors: [{cel: {expression: x}}], extendedResourceName: a.com/gpu,
              config: [{opaque: {driver: d.com, parameters: {kind: K}}}]}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: yes-please, labels: {resource.kubernetes.io/admin-access: "true"}}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: not-quite, labels: {resource.kubernetes.io/admin-access: "True"}}}
            """);

    assertThat(cluster.problem().deviceClasses())
        .containsExactly(
            DeviceClass.builder()
                .name("c")
                .selectors(ImmutableList.of(new ExpressionText("x")))
                .configs(ImmutableList.of(new OpaqueConfig("d.com", "{\"kind\":\"K\"}")))
                .build());
    assertThat(cluster.problem().adminNamespaces()).containsExactly("yes-please");
  }

  @Test
  void readsWhatClaimsHold() {
    Cluster cluster =
        Reading.read(
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a, namespace: ns}
            spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c}}]}}
            status:
              reservedFor: [{resource: pods, name: p, uid: u1}]
              allocation:
                allocationTimestamp: "2025-01-01T00:00:00Z"
                devices:
                  results:
                  - {request: r, driver: d.com, pool: p, device: x, shareID: 0f8fad5b-d9cb-469f-a165-70867728950e, consumedCapacity: {m: 5Gi}}
                  - {request: r, driver: d.com, pool: p, device: y, adminAccess: true, tolerations: [{operator: Exists}], bindingConditions: [a], bindingFailureConditions: [b]}
                  config:
                  - {source: FromClass, requests: [r], opaque: {driver: d.com, parameters: {}}}
                nodeSelector: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [n1]}]}]}
            """);

    ClaimId id = new ClaimId("ns", "a");
    assertThat(cluster.problem().claims()).isEmpty();
    assertThat(cluster.problem().heldClaims()).containsOnlyKeys(id);
    assertThat(cluster.problem().held())
        .containsExactly(
            Allocation.builder()
                .claim(id)
                .devices(
                    ImmutableList.of(
                        DeviceAllocation.builder()
                            .request("r")
                            .device(new DeviceId("d.com", "p", "x"))
                            .shareId(UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e"))
                            .consumedCapacity(ImmutableMap.of(name("m"), quantity("5Gi")))
                            .build(),
                        DeviceAllocation.builder()
                            .request("r")
                            .device(new DeviceId("d.com", "p", "y"))
                            .adminAccess(true)
                            .tolerations(ImmutableList.of(Toleration.exists("")))
                            .bindingConditions(ImmutableList.of("a"))
                            .bindingFailureConditions(ImmutableList.of("b"))
                            .build()))
                .configs(
                    ImmutableList.of(
                        new AllocatedConfig(
                            AllocatedConfig.Source.FROM_CLASS,
                            ImmutableList.of("r"),
                            new OpaqueConfig("d.com", "{}"))))
                .nodeSelector(NodeSelector.ofNode("n1"))
                .build());
  }

  @Test
  void takesNodesFromObjectsWhereThereAreAny() {
    Cluster cluster =
        Reading.read(
            "{apiVersion: v1, kind: Node, metadata: {name: n1, labels: {zone: a}}}",
            slice("s", "nodeName: elsewhere, devices: [{name: x}]"));

    assertThat(cluster.problem().nodes())
        .containsExactly(Node.builder().name("n1").putLabels("zone", "a").build());
    assertThat(cluster.warnings())
        .containsExactly(
            "there are devices on node elsewhere, but no Node of this name; they are not used.");
  }

  @Test
  void takesNodesFromSlicesAndDevicesElse() {
    Cluster cluster =
        Reading.read(
            slice("s", "nodeName: n2"),
            slice("t", "perDeviceNodeSelection: true, devices: [{name: x, nodeName: n1}]"),
            slice("u", "nodeName: n2"));

    assertThat(cluster.problem().nodes()).containsExactly(Node.of("n2"), Node.of("n1"));
    assertThat(cluster.warnings()).isEmpty();
  }

  @Test
  void mergesIdenticalCopiesWithAWarning() {
    String node = "{apiVersion: v1, kind: Node, metadata: {name: n, labels: {a: b, c: d}}}";
    String sameNode = "{kind: Node, apiVersion: v1, metadata: {labels: {c: d, a: b}, name: n}}";
    String claim = claim("a", "{requests: []}");
    String slice = slice("s", "nodeName: n");

    Cluster cluster = Reading.read(node, sameNode, claim, claim, claim, slice, slice);

    assertThat(cluster.problem().nodes()).hasSize(1);
    assertThat(cluster.problem().claims()).hasSize(1);
    assertThat(cluster.problem().slices()).hasSize(1);
    assertThat(cluster.warnings())
        .containsExactly(
            "cluster2.yaml: Node n: is there more than once; the copies are identical and count"
                + " once.",
            "cluster4.yaml: ResourceClaim ns/a: is there more than once; the copies are identical"
                + " and count once, as do 1 more of its kind.",
            "cluster7.yaml: ResourceSlice s: is there more than once; the copies are identical and"
                + " count once.");
  }

  @Test
  void keepsDifferentSlicesOfOneName() {
    Cluster cluster =
        Reading.read(
            slice("s", "nodeName: n1"), slice("s", "nodeName: n2"), slice("s", "nodeName: n2"));

    assertThat(cluster.problem().slices())
        .extracting(ResourceSlice::nodes)
        .containsExactly(NodeSelection.node("n1"), NodeSelection.node("n2"));
  }

  @Test
  void countsWhatItSkips() {
    String service = "{apiVersion: v1, kind: Service, metadata: {name: s}}";

    Cluster cluster = Reading.read(service, service, "{apiVersion: apps/v1, kind: Deployment}");

    assertThat(cluster.warnings())
        .containsExactly(
            "skipped 2 objects of kind Service (v1), which plays no part here.",
            "skipped 1 object of kind Deployment (apps/v1), which plays no part here.");
  }

  @Test
  void leavesClaimsAloneThatAreBeingDeleted() {
    String claim =
        claim("a", "{requests: []}")
            .replace("uid: u-a", "uid: u, deletionTimestamp: \"2025-01-01T00:00:00Z\"");

    Cluster cluster = Reading.read(claim);

    assertThat(cluster.problem().claims()).isEmpty();
    assertThat(cluster.claims()).hasSize(1);
    assertThat(Reading.read(claim, claim.replace("name: a", "name: b")).warnings())
        .containsExactly(
            "2 claims are being deleted, such as ResourceClaim ns/a; nothing is allocated to them"
                + " (R193).");
    assertThat(cluster.warnings())
        .containsExactly(
            "cluster.yaml: ResourceClaim ns/a: is being deleted, so nothing is allocated to it"
                + " (R193).");
  }

  @Test
  void warnsOfClaimsWithoutUid() {
    String claim = claim("a", "{requests: []}").replace(", uid: u-a", "");

    assertThat(Reading.read(claim).warnings())
        .containsExactly(
            "cluster.yaml: ResourceClaim ns/a: has no uid; if allocated, it gets one made from the"
                + " seed.");
    assertThat(Reading.read(claim, claim.replace("name: a", "name: b")).warnings())
        .containsExactly(
            "2 claims have no uid, such as ResourceClaim ns/a; those allocated get one made from"
                + " the seed.");
  }

  @Test
  void warnsOnceOfFieldsThatHaveNoEffect() {
    Cluster cluster =
        Reading.read(exactly(", cout: 3"), exactly(", cout: 4").replace("name: a", "name: b"));

    assertThat(cluster.warnings())
        .containsExactly(
            "cluster.yaml: ResourceClaim ns/a: spec.devices.requests[0].exactly.cout is not a known"
                + " field and has no effect; it is there 2 times.");
  }

  @Test
  void warnsOfWhatStandsBesideTheValueOfAnAttribute() {
    Cluster cluster = Reading.read(device(", attributes: {a: {int: 1, unit: GB}}"));

    assertThat(cluster.warnings())
        .containsExactly(
            "cluster.yaml: ResourceSlice s: spec.devices[0].attributes[a].unit is not a known field"
                + " and has no effect.");
  }

  @ParameterizedTest
  @MethodSource
  void takesWhatMeansSomethingAllTheSame(String text, String warning) {
    assertThat(Reading.read(text).warnings())
        .containsExactly("cluster.yaml: " + warning + "; an API server would refuse it.");
  }

  static Stream<Arguments> takesWhatMeansSomethingAllTheSame() {
    String leaf = "ResourceClaim ns/a: spec.devices.requests[0].exactly";
    String device = "ResourceSlice s: spec.devices[0]";
    String shared = ", allowMultipleAllocations: true, capacity: {m: {value: 8, requestPolicy: ";
    return Stream.of(
        arguments(
            exactly(", allocationMode: All, count: 2"),
            leaf + ".count: 2 has no effect with allocationMode All (section 5.1)"),
        arguments(
            claim("a", "{requests: [{name: subReq, exactly: {deviceClassName: c}}]}"),
            "ResourceClaim ns/a: spec.devices.requests[0].name: \"subReq\" is not a DNS label: at"
                + " most 63 lower-case letters, digits and inner hyphens (section 5.1)"),
        arguments(
            device(", attributes: {a-b: {int: 1}}"),
            device
                + ".attributes[a-b]: \"a-b\" is not a qualified name: an identifier of at most 32"
                + " characters, or a domain, / and an identifier (R25)"),
        arguments(
            slice("s", "nodeName: n, sharedCounters: [{name: c, counters: {}}]"),
            "ResourceSlice s: spec.sharedCounters[0].counters: has no counters (section 1.1)"),
        arguments(
            device(", capacity: {m: {value: 8, requestPolicy: {default: 1}}}"),
            device
                + ".capacity[m].requestPolicy: is on a device without allowMultipleAllocations"
                + " (section 2.3)"),
        arguments(
            device(shared + "{default: 1, validValues: [1, 9]}}}"),
            device
                + ".capacity[m].requestPolicy.validValues[1]: 9 is above the value 8 (section"
                + " 2.3)"),
        arguments(
            device(shared + "{default: 2, validRange: {min: 2, max: 9}}}}"),
            device
                + ".capacity[m].requestPolicy.validRange.max: 9 is above the value 8 (section"
                + " 2.3)"),
        arguments(
            device(shared + "{default: 2, validRange: {min: 2, step: 7}}}}"),
            device
                + ".capacity[m].requestPolicy.validRange.step: min + 7 is above the value 8"
                + " (section 2.3)"));
  }

  @Test
  void readsNullsAsNotSetAndNamelessNamespacesAsDefault() {
    Cluster cluster =
        Reading.read(
            exactly(", selectors: null, count: null, capacity: null")
                .replace(", namespace: ns", ", namespace: null")
                .replace("}}\n", "}, status: null}\n"));

    assertThat(cluster.problem().claims())
        .extracting(Claim::id)
        .containsExactly(new ClaimId("default", "a"));
  }

  /** An API server takes any amount; one above 2^63 - 1 counts as that (R35). */
  @Test
  void warnsOfAmountsThatCanHardlyBeMeant() {
    Cluster cluster =
        Reading.read(
            device(", capacity: {m: {value: 1e400}, n: {value: -5}, o: {value: -6}}"),
            slice("t", "nodeName: n, sharedCounters: [{name: s, counters: {c: {value: 8Ei}}}]"),
            exactly(", capacity: {requests: {m: -1}}"));

    assertThat(cluster.warnings())
        .contains(
            "cluster.yaml: ResourceSlice s: spec.devices[0].capacity[m].value: 1e400 is more than a"
                + " quantity can be, and counts as 9223372036854775807 (R35); and 1 more such"
                + " amounts.",
            "cluster.yaml: ResourceSlice s: spec.devices[0].capacity[n].value: -5 is negative,"
                + " which an API server would take all the same; and 1 more such amounts.",
            "cluster3.yaml: ResourceClaim ns/a:"
                + " spec.devices.requests[0].exactly.capacity.requests[m]: -1 is negative, which an"
                + " API server would take all the same.");
  }

  @Test
  void sharesEqualPartsOfDevices() {
    String devices =
        "nodeName: n, devices: [{name: x, attributes: {a: {int: 1}}, capacity: {m: {value: 1}}},"
            + " {name: z, attributes: {a: {int: 1}}, capacity: {m: {value: 1}}}]";

    Cluster cluster = Reading.read(slice("s", devices));

    Device first = cluster.problem().slices().get(0).devices().get(0);
    Device second = cluster.problem().slices().get(0).devices().get(1);
    assertThat(second.attributes()).isSameAs(first.attributes());
    assertThat(second.capacity()).isSameAs(first.capacity());
  }

  @Test
  void keepsClaimsWhole() {
    String json =
        "{\"apiVersion\":\"resource.k8s.io/v1\",\"kind\":\"ResourceClaim\",\"metadata\":{\"name\":\"a\","
            + "\"uid\":\"u\",\"annotations\":{\"note\":\"two\\nlines\"}},\"spec\":{\"devices\":{}},"
            + "\"extra\":[9007199254740993,0.10,1e400,null]}";

    Cluster cluster = Reading.read(json);

    assertThat(JsonEmitter.compact(cluster.claims().get(0).tree())).isEqualTo(json);
  }
}
