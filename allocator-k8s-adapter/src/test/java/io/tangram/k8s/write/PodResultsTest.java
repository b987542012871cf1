package io.tangram.k8s.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ExcludedNodes;
import io.tangram.api.plan.ImmutableAllocationPlan;
import io.tangram.api.plan.Reason;
import io.tangram.k8s.cel.CelExpressions;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.ClusterReader;
import io.tangram.k8s.read.InputFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written of pods, for plans made by hand. */
class PodResultsTest {

  private static final Instant NOW = Instant.parse("2025-01-31T12:00:00.5Z");
  private static final ExcludedNodes TAINTED =
      new ExcludedNodes(
          0,
          Optional.empty(),
          0,
          0,
          3,
          Optional.of(new Taint("team", "a", Taint.Effect.NO_SCHEDULE, Optional.empty())));
  private static final String OBJECTS =
      """
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata: {name: old, namespace: ns, uid: u-old}
      spec: {devices: {}}
      status:
        allocation: {devices: {}}
        reservedFor: [{resource: pods, name: gone, uid: g}, {resource: pods, name: p, uid: u-p}]
        future: 1.50
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata: {name: new, namespace: ns, uid: u-new}
      spec: {devices: {}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaimTemplate
      metadata: {name: t, namespace: ns}
      spec: {spec: {devices: {}}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: p, namespace: ns, uid: u-p}
      spec:
        resourceClaims:
        - {name: a, resourceClaimName: old}
        - {name: b, resourceClaimName: new}
      status:
        conditions:
        - {type: Ready, status: "False"}
        - {type: PodScheduled, status: "False", reason: Unschedulable, message: "0/1 nodes"}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: q, namespace: ns, uid: u-q}
      spec:
        future: [9007199254740993]
        resourceClaims:
        - {name: a, resourceClaimName: old}
        - {name: t, resourceClaimTemplateName: t}
      status: {phase: Pending}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: r, namespace: ns, uid: u-r}
      spec:
        resourceClaims: [{name: a, resourceClaimName: old}]
      """;

  private static Cluster cluster() {
    return ClusterReader.create(new CelExpressions())
        .read(
            List.of(
                InputFile.of(
                    "in", new ByteArrayInputStream(OBJECTS.getBytes(StandardCharsets.UTF_8)))));
  }

  private static AllocationPlan plan(Cluster cluster, Set<String> placed) {
    ImmutableAllocationPlan.Builder plan =
        AllocationPlan.builder()
            .from(Plans.plan())
            .allocations(ImmutableMap.of())
            .unallocated(ImmutableMap.of());
    for (Workload workload : cluster.problem().workloads()) {
      if (placed.contains(workload.id().name())) {
        plan.putPlacements(workload.id(), "n1");
      } else {
        plan.putUnplaced(workload.id(), new Reason.NodesExcluded(0, 3, TAINTED));
      }
    }
    cluster
        .problem()
        .claims()
        .forEach(
            claim -> {
              if (placed.contains(claim.id().name().equals("new") ? "p" : "q")) {
                plan.putAllocations(
                    claim.id(), Allocation.builder().claim(claim.id()).node("n1").build());
              } else {
                plan.putUnallocated(claim.id(), Reason.Outranked.byOthers());
              }
            });
    return plan.build();
  }

  private static String write(Set<String> placed, boolean withPods) throws IOException {
    Cluster cluster = cluster();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ResultWriter(cluster, plan(cluster, placed), NOW, 1, withPods)
        .write(ResultFormat.NDJSON, out);
    String generated = cluster.claims().get(2).id().name();
    return out.toString(StandardCharsets.UTF_8)
        .replace(generated, "GENERATED")
        .replace(cluster.claims().get(2).uid().orElseThrow(), "UID")
        .replace('"', '\'');
  }

  @Test
  void reservesClaimsForPlacedPods() throws IOException {
    assertThat(write(Set.of("p", "q"), false))
        .isEqualTo(
            "{'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim','metadata':{'name':'old',"
                + "'namespace':'ns','uid':'u-old'},'spec':{'devices':{}},'status':{'allocation':"
                + "{'devices':{}},'reservedFor':[{'resource':'pods','name':'gone','uid':'g'},"
                + "{'resource':'pods','name':'p','uid':'u-p'},{'resource':'pods','name':'q','uid':"
                + "'u-q'}],'future':1.50}}\n"
                + "{'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim','metadata':{'name':'new',"
                + "'namespace':'ns','uid':'u-new','finalizers':"
                + "['resource.kubernetes.io/delete-protection']},'spec':{'devices':{}},'status':"
                + "{'allocation':{'devices':{},'allocationTimestamp':'2025-01-31T12:00:00Z'},"
                + "'reservedFor':[{'resource':'pods','name':'p','uid':'u-p'}]}}\n"
                + "{'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim','metadata':{'name':"
                + "'GENERATED','generateName':'q-t-','namespace':'ns','uid':'UID','annotations':"
                + "{'resource.kubernetes.io/pod-claim-name':'t'},'ownerReferences':[{'apiVersion':"
                + "'v1','kind':'Pod','name':'q','uid':'u-q','controller':true,'blockOwnerDeletion':"
                + "true}],'creationTimestamp':'2025-01-31T12:00:00Z','finalizers':"
                + "['resource.kubernetes.io/delete-protection']},'spec':{'devices':{}},'status':"
                + "{'allocation':{'devices':{},'allocationTimestamp':'2025-01-31T12:00:00Z'},"
                + "'reservedFor':[{'resource':'pods','name':'q','uid':'u-q'}]}}\n");
  }

  @Test
  void writesPodsThatChangeIfAskedFor() throws IOException {
    String withoutPods = write(Set.of("p"), false);

    assertThat(write(Set.of("p"), true))
        .startsWith(withoutPods)
        .endsWith(
            "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','namespace':'ns','uid':'u-p'},"
                + "'spec':{'resourceClaims':[{'name':'a','resourceClaimName':'old'},{'name':'b',"
                + "'resourceClaimName':'new'}],'nodeName':'n1'},'status':{'conditions':[{'type':'Ready',"
                + "'status':'False'},{'lastProbeTime':null,'lastTransitionTime':"
                + "'2025-01-31T12:00:00Z','status':'True','type':'PodScheduled'}]}}\n"
                + "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'q','namespace':'ns','uid':"
                + "'u-q'},'spec':{'future':[9007199254740993],'resourceClaims':[{'name':'a',"
                + "'resourceClaimName':'old'},{'name':'t','resourceClaimTemplateName':'t'}]},"
                + "'status':{'phase':'Pending','resourceClaimStatuses':[{'name':'t',"
                + "'resourceClaimName':'GENERATED'}]}}\n")
        .hasLineCount(5);
  }

  @Test
  void leavesAllAsItWasWhereNothingIsPlaced() throws IOException {
    assertThat(write(Set.of(), false))
        .startsWith(
            "{'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim','metadata':{'name':'old',"
                + "'namespace':'ns','uid':'u-old'},'spec':{'devices':{}},'status':{'allocation':"
                + "{'devices':{}},'reservedFor':[{'resource':'pods','name':'gone','uid':'g'},"
                + "{'resource':'pods','name':'p','uid':'u-p'}],'future':1.50}}\n")
        .doesNotContain("allocationTimestamp", "u-r");
  }

  @Test
  void tellsOfPodsOfWhichNoClaimTells() {
    Cluster cluster = cluster();

    assertThat(PodsLeftOut.beside(cluster, plan(cluster, Set.of())))
        .containsOnlyKeys(new WorkloadId("ns", "r"));
    assertThat(PodsLeftOut.warnings(PodsLeftOut.beside(cluster, plan(cluster, Set.of("p", "q")))))
        .containsExactly(
            "pod ns/r stays out: TAINT: may be placed on none of 3 nodes; ruled out are 3 by taints that"
                + " it doesn't tolerate, such as team=a:NoSchedule");
    assertThat(new ClaimId("ns", "new")).isIn(plan(cluster, Set.of()).unallocated().keySet());
  }

  @Test
  void knowsEveryPodThatStaysOutAndWhoseClaimsAreWhose() {
    Cluster cluster = cluster();

    assertThat(PodsLeftOut.all(cluster, plan(cluster, Set.of("q"))))
        .containsOnlyKeys(new WorkloadId("ns", "p"), new WorkloadId("ns", "r"));
    assertThat(ClaimUsers.only(cluster)) // claim old has three users
        .containsOnly(
            entry(new ClaimId("ns", "new"), new WorkloadId("ns", "p")),
            entry(cluster.claims().get(2).id(), new WorkloadId("ns", "q")));
  }
}
