package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.claim;
import static io.tangram.k8s.read.Reading.held;
import static io.tangram.k8s.read.Reading.pod;
import static io.tangram.k8s.read.Reading.podWith;
import static io.tangram.k8s.read.Reading.template;
import static io.tangram.k8s.read.Reading.uses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.ReasonCode;
import io.tangram.k8s.tree.JsonEmitter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which claims a pod has, and what becomes of one that can't have them. */
class PodClaimsTest {

  private static final String FROM_TEMPLATE =
      "resourceClaims: [{name: gpu, resourceClaimTemplateName: t}]";
  private static final String OWNED =
      claim("mine", "{}")
          .replace(
              "uid: u-mine",
              "uid: u, annotations: {resource.kubernetes.io/pod-claim-name: gpu},"
                  + " ownerReferences: [{apiVersion: v1, kind: Pod, name: p, uid: p-p, controller:"
                  + " true}]");

  private static List<ClaimId> claims(Cluster cluster) {
    return cluster.problem().workloads().get(0).claims();
  }

  private static ClaimId id(String name) {
    return new ClaimId("ns", name);
  }

  private static String whyLeftOut(Cluster cluster) {
    LeftOut leftOut = cluster.pods().leftOut().get(new WorkloadId("ns", "p"));
    assertThat(leftOut).isNotNull();
    assertThat(leftOut.code()).isEqualTo(ReasonCode.UNSUPPORTED_CONSTRAINT);
    return leftOut.message();
  }

  @Test
  void referencesClaimsInOrderOnce() {
    Cluster cluster =
        Reading.read(
            claim("a", "{}"),
            held("b", ""),
            pod(
                "p",
                "resourceClaims: [{name: x, resourceClaimName: b}, {name: y, resourceClaimName: a},"
                    + " {name: z, resourceClaimName: b}]"));

    assertThat(claims(cluster)).containsExactly(id("b"), id("a"));
    assertThat(cluster.problem().claims()).extracting(Claim::id).containsExactly(id("a"));
  }

  @Test
  void letsSeveralPodsNameOneClaim() {
    Cluster cluster = Reading.read(claim("a", "{}"), pod("p", uses("a")), pod("q", uses("a")));

    assertThat(cluster.problem().workloads())
        .extracting(Workload::claims)
        .allSatisfy(claims -> assertThat(claims).containsExactly(id("a")));
  }

  @Test
  void takesTheClaimThatTheStatusNames() {
    Cluster cluster =
        Reading.read(
            OWNED,
            podWith(
                "p",
                "",
                FROM_TEMPLATE,
                "resourceClaimStatuses: [{name: gpu, resourceClaimName: mine}]"));

    assertThat(claims(cluster)).containsExactly(id("mine"));
    assertThat(cluster.claims()).hasSize(1);
  }

  @Test
  void takesTheClaimThatWasGeneratedBeforeTheStatusTells() {
    Cluster cluster = Reading.read(OWNED, pod("p", FROM_TEMPLATE));

    assertThat(claims(cluster)).containsExactly(id("mine"));
  }

  @Test
  void skipsEntriesForWhichNoClaimIsNeeded() {
    Cluster cluster =
        Reading.read(podWith("p", "", FROM_TEMPLATE, "resourceClaimStatuses: [{name: gpu}]"));

    assertThat(claims(cluster)).isEmpty();
    assertThat(cluster.pods().pending()).isEqualTo(1);
    assertThat(cluster.claims()).isEmpty();
  }

  @Test
  void generatesClaimsAsTheControllerWould() {
    String labelled =
        template("t", "{requests: [{name: r, exactly: {deviceClassName: c}}], x: [1.50]}")
            .replace(
                "spec: {spec:",
                "spec: {metadata: {labels: {a: b}, annotations: {note: text}}, spec:");

    Cluster cluster = Reading.read(labelled, pod("p", FROM_TEMPLATE));

    ClaimObject generated = cluster.claims().get(0);
    assertThat(generated.isGenerated()).isTrue();
    assertThat(generated.id().name()).matches("p-gpu-[b-df-hj-np-tv-xz24-9]{5}");
    assertThat(claims(cluster)).containsExactly(generated.id());
    assertThat(cluster.problem().claims())
        .singleElement()
        .satisfies(claim -> assertThat(claim.id()).isEqualTo(generated.id()))
        .satisfies(claim -> assertThat(claim.requests()).hasSize(1));
    JsonNode tree = generated.tree();
    assertThat(JsonEmitter.compact(tree))
        .isEqualTo(
            ("{'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim','metadata':{'name':'NAME',"
                    + "'generateName':'p-gpu-','namespace':'ns','uid':'UID','labels':{'a':'b'},"
                    + "'annotations':{'note':'text','resource.kubernetes.io/pod-claim-name':'gpu'},"
                    + "'ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'p','uid':'p-p',"
                    + "'controller':true,'blockOwnerDeletion':true}]},'spec':{'devices':{'requests':"
                    + "[{'name':'r','exactly':{'deviceClassName':'c'}}],'x':[1.50]}}}")
                .replace('\'', '"')
                .replace("NAME", generated.id().name())
                .replace("UID", generated.uid().orElseThrow()));
    assertThat(cluster.pods().objects().get(new WorkloadId("ns", "p")).generated())
        .containsExactlyEntriesOf(Map.of("gpu", generated.id().name()));
  }

  @Test
  void generatesTheSameFromTheSameSeedAndNothingTwice() {
    String objects =
        template("t", "{}")
            + pod(
                "p",
                "resourceClaims: [{name: a, resourceClaimTemplateName: t}, {name: b,"
                    + " resourceClaimTemplateName: t}]");

    List<ClaimId> generated = claims(Reading.read(objects));

    assertThat(claims(Reading.read(objects))).isEqualTo(generated);
    assertThat(claims(Reading.read(2, objects))).isNotEqualTo(generated);
    assertThat(generated).doesNotHaveDuplicates().hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    // At most 57 characters: as they are.
    "50, 5, 50, 5, -",
    // 60 with dashes: 51 and 5 of 57 become 48 and 4.
    "53, 5, 50, 4, ''",
    "253, 63, 45, 11, ''",
    "10, 60, 7, 47, ''",
  })
  void cutsLongNamesByTheSamePart(int pod, int entry, int podLeft, int entryLeft, String end) {
    String base = GeneratedName.base("p".repeat(pod), "e".repeat(entry));

    assertThat(base).isEqualTo("p".repeat(podLeft) + "-" + "e".repeat(entryLeft) + end);
    assertThat(base.length()).isLessThanOrEqualTo(57);
  }

  @Test
  void looksForAnotherNameWhereOneIsTaken() {
    SeededUids uids = new SeededUids(1);
    String first = GeneratedName.of("ns", "p", "e", uids, name -> false).name();

    GeneratedName second = GeneratedName.of("ns", "p", "e", uids, first::equals);

    assertThat(second.name()).startsWith("p-e-").isNotEqualTo(first);
  }

  @Test
  void leavesOutPodsWhoseClaimIsNotThere() {
    assertThat(whyLeftOut(Reading.read(pod("p", uses("a")))))
        .isEqualTo("claim ns/a, which it names, is not there (R225)");
    assertThat(
            whyLeftOut(
                Reading.read(
                    template("t", "{}"),
                    podWith(
                        "p",
                        "",
                        FROM_TEMPLATE,
                        "resourceClaimStatuses: [{name: gpu, resourceClaimName: a}]"))))
        .isEqualTo("claim ns/a, which it names, is not there (R225)");
  }

  @Test
  void leavesOutPodsWhoseTemplateIsNotThere() {
    assertThat(whyLeftOut(Reading.read(pod("p", FROM_TEMPLATE))))
        .isEqualTo("claim template ns/t, which it names, is not there (R226)");
  }

  @Test
  void namesTheClaimOrTemplateThatWasMeant() { // R225, R226
    String claim = claim("training", "{}");
    String elsewhere = claim.replace("namespace: ns", "namespace: other");

    assertThat(whyLeftOut(Reading.read(claim, pod("p", uses("trainings")))))
        .isEqualTo("claim ns/trainings, which it names, is not there, but ns/training is (R225)");
    assertThat(whyLeftOut(Reading.read(elsewhere, pod("p", uses("training")))))
        .isEqualTo("claim ns/training, which it names, is not there, but other/training is (R225)");
    assertThat(whyLeftOut(Reading.read(elsewhere, pod("p", uses("trainings")))))
        .isEqualTo("claim ns/trainings, which it names, is not there (R225)");
    assertThat(
            whyLeftOut(
                Reading.read(
                    template("one-gpu", "{}"),
                    pod("p", FROM_TEMPLATE.replace(": t}", ": one-gpus}")))))
        .isEqualTo(
            "claim template ns/one-gpus, which it names, is not there, but ns/one-gpu is (R226)");
  }

  @Test
  void leavesOutPodsWhoseClaimWasGeneratedForAnother() {
    String status = "resourceClaimStatuses: [{name: gpu, resourceClaimName: mine}]";

    assertThat(
            whyLeftOut(
                Reading.read(
                    OWNED.replace("uid: p-p", "uid: other"),
                    podWith("p", "", FROM_TEMPLATE, status))))
        .isEqualTo("claim ns/mine, which its status names, was not generated for it (R225)");
    // Who names a claim directly need not own it.
    assertThat(
            Reading.read(OWNED.replace("uid: p-p", "uid: other"), pod("p", uses("mine")))
                .pods()
                .leftOut())
        .isEmpty();
  }

  @Test
  void leavesOutPodsWhoseClaimIsBeingDeleted() {
    String deleted =
        held("a", "").replace("uid: u-a", "uid: u, deletionTimestamp: 2025-01-01T00:00:00Z");

    assertThat(whyLeftOut(Reading.read(deleted, pod("p", uses("a")))))
        .isEqualTo("claim ns/a, which it names, is being deleted (R193)");
  }

  @Test
  void tellsOfClaimsThatWaitForPodsThatStayOut() {
    Cluster cluster =
        Reading.read(
            claim("a", "{}"),
            claim("b", "{}"),
            claim("c", "{}"),
            pod(
                "p",
                "resourceClaims: [{name: a, resourceClaimName: a}, {name: b, resourceClaimName: b},"
                    + " {name: t, resourceClaimTemplateName: t}]"),
            pod("q", uses("b")));

    assertThat(cluster.problem().claims()).extracting(Claim::id).containsExactly(id("b"), id("c"));
    assertThat(cluster.pods().claimsLeftOut())
        .containsOnlyKeys(id("a"))
        .hasEntrySatisfying(
            id("a"),
            leftOut ->
                assertThat(leftOut.message())
                    .isEqualTo(
                        "waits for pod ns/p, which stays out: claim template ns/t, which it names,"
                            + " is not there (R226)"));
    assertThat(cluster.claims()).hasSize(3);
  }

  @Test
  void leavesOutThePodsForWhichAFullClaimHasNoPlace() {
    StringBuilder reserved = new StringBuilder(", reservedFor: [");
    for (int i = 0; i < 254; i++) {
      reserved.append("{resource: pods, name: x, uid: x").append(i).append("}, ");
    }
    reserved.append("{resource: pods, name: p0, uid: p-p0}]");
    String pods =
        pod("p0", uses("a"))
            + pod("p1", uses("a") + ", priority: -1")
            + podWith("p2", ", creationTimestamp: 2025-01-02T00:00:00Z", uses("a"), "")
            + podWith("p3", ", creationTimestamp: 2025-01-01T00:00:00Z", uses("a"), "");

    Cluster cluster = Reading.read(held("a", reserved.toString()), pods);

    assertThat(cluster.problem().workloads())
        .extracting(workload -> workload.id().name())
        .containsExactly("p0", "p3");
    assertThat(cluster.pods().leftOut())
        .containsOnlyKeys(new WorkloadId("ns", "p1"), new WorkloadId("ns", "p2"))
        .allSatisfy(
            (pod, leftOut) ->
                assertThat(leftOut)
                    .isEqualTo(
                        new LeftOut(
                            ReasonCode.LIMIT_EXCEEDED,
                            "claim ns/a can be reserved for 256 pods, and others come first"
                                + " (R188)")));
  }

  @Test
  void leavesOutPodsBeyondTheLimitOfAPendingClaim() {
    StringBuilder pods = new StringBuilder(claim("a", "{}"));
    for (int i = 0; i < 257; i++) {
      pods.append(pod("p" + i, uses("a")));
    }

    Cluster cluster = Reading.read(pods.toString());

    assertThat(cluster.problem().workloads()).hasSize(256);
    assertThat(cluster.pods().leftOut()).containsOnlyKeys(new WorkloadId("ns", "p256"));
    assertThat(cluster.pods().claimsLeftOut()).isEmpty();
  }
}
