package io.tangram.k8s.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Maps;
import com.google.common.collect.SetMultimap;
import io.tangram.api.check.Violation;
import io.tangram.api.check.Violation.Severity;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelector;
import io.tangram.k8s.read.ClaimObject;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.ConsumingDevices;
import io.tangram.k8s.read.PodStanding;
import io.tangram.k8s.read.Reservation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges who uses claims: reservations are for pods that are there and have not finished (R190); a
 * pod with a node has its claims allocated and reserved for it (R187), and usable there (R186); a
 * claim that has a part of a node is for one pod, of which a container references it (R238).
 *
 * <p>An input without pods says nothing of them, so nothing is found.
 */
public final class ReservationCheck {

  private final Cluster cluster;
  private final Map<WorkloadId, PodStanding> pods;
  private final Map<ClaimId, ClaimObject> claims;
  private final Map<ClaimId, Allocation> held;
  private final Map<String, Node> nodes;

  /** Pods that have not finished, by the claims that they use or that are reserved for them. */
  private final SetMultimap<ClaimId, PodStanding> users = LinkedHashMultimap.create();

  private final ImmutableList.Builder<Violation> findings = ImmutableList.builder();

  private ReservationCheck(Cluster cluster) {
    this.cluster = cluster;
    pods = Maps.uniqueIndex(cluster.pods().standings(), PodStanding::id);
    claims = Maps.uniqueIndex(cluster.claims(), ClaimObject::id);
    held = Maps.uniqueIndex(cluster.problem().held(), Allocation::claim);
    nodes = Maps.uniqueIndex(cluster.problem().nodes(), Node::name);
  }

  /**
   * Returns what is wrong with reservations, with pods, and with parts of nodes, in input order.
   */
  public static ImmutableList<Violation> findings(Cluster cluster) {
    ReservationCheck check = new ReservationCheck(cluster);
    if (!check.pods.isEmpty()) {
      cluster.claims().forEach(check::judgeReservations);
      cluster.pods().standings().forEach(check::judgeUse);
      check.judgeParts();
    }
    return check.findings.build();
  }

  private void judgeReservations(ClaimObject claim) {
    for (Reservation reservation : claim.reservations()) {
      if (reservation.isForPod()) {
        judge(claim.id(), reservation);
      }
    }
  }

  private void judge(ClaimId claim, Reservation reservation) {
    WorkloadId id = new WorkloadId(claim.namespace(), reservation.name());
    PodStanding pod = pods.get(id);
    String reserved = "is reserved for pod " + id + ", which ";
    if (pod == null) {
      add("R190", Severity.DRIFT, claim, reserved + "is not there");
    } else if (pod.uid().filter(uid -> !uid.equals(reservation.uid())).isPresent()) {
      add("R190", Severity.DRIFT, claim, reserved + "has gone; a pod of another uid has its name");
    } else if (pod.finished()) {
      add("R190", Severity.DRIFT, claim, reserved + "has finished");
    } else {
      users.put(claim, pod);
    }
  }

  private void judgeUse(PodStanding pod) {
    if (pod.finished() || pod.node().isEmpty()) {
      return;
    }
    String node = pod.node().get();
    for (PodStanding.Defect defect : pod.defects()) {
      findings.add(
          new Violation(
              defect.rule(),
              Severity.DRIFT,
              Optional.empty(),
              Optional.empty(),
              "pod " + pod.id() + " on node " + node + ": " + defect.message()));
    }
    for (ClaimId claim : pod.claims()) {
      users.put(claim, pod);
      judgeUse(pod, node, claim);
    }
  }

  private void judgeUse(PodStanding pod, String node, ClaimId claim) {
    Allocation allocation = held.get(claim);
    ClaimObject object = claims.get(claim);
    String user =
        "pod " + pod.id() + (pod.running() ? " runs on" : " is bound to") + " node " + node;
    Severity ifRunning = pod.running() ? Severity.VIOLATION : Severity.DRIFT;
    if (allocation == null || object == null) {
      add("R187", ifRunning, claim, "is not allocated, but " + user);
      return;
    }
    if (!isReserved(object, pod)) {
      add("R187", ifRunning, claim, "is not reserved for it, but " + user);
    }
    allocation
        .nodeSelector()
        .filter(selector -> excludes(selector, node))
        .ifPresent(
            selector ->
                add(
                    "R186",
                    isByName(selector) ? Severity.VIOLATION : Severity.DRIFT,
                    claim,
                    "is usable only where " + selector + ", but " + user));
  }

  private void judgeParts() {
    ConsumingDevices consuming =
        ConsumingDevices.of(cluster.problem().slices(), cluster.features());
    for (Allocation allocation : cluster.problem().held()) {
      Optional<DeviceId> part = consuming.partOfNode(allocation);
      if (part.isPresent()) {
        misuse(allocation.claim())
            .ifPresent(
                message ->
                    findings.add(
                        new Violation(
                            "R238",
                            Severity.VIOLATION,
                            Optional.of(allocation.claim()),
                            part,
                            "is a part of its node, but " + message)));
      }
    }
  }

  private Optional<String> misuse(ClaimId claim) {
    List<PodStanding> pods = List.copyOf(users.get(claim));
    if (pods.size() > 1) {
      return Optional.of(
          pods.size() + " pods have it, such as " + pods.get(0).id() + " and " + pods.get(1).id());
    }
    return pods.stream()
        .filter(pod -> pod.unreferenced().contains(claim))
        .map(pod -> "no container of pod " + pod.id() + " references the claim")
        .findFirst();
  }

  private static boolean isReserved(ClaimObject claim, PodStanding pod) {
    return claim.reservations().stream().anyMatch(each -> covers(each, pod));
  }

  /** A pod doesn't know the uid of its group (R230). What other consumers are is not known. */
  private static boolean covers(Reservation reservation, PodStanding pod) {
    if (reservation.isForPodGroup()) {
      return pod.group().filter(g -> g.name().equals(reservation.name())).isPresent();
    }
    return !reservation.isForPod()
        || pod.uid()
            .map(reservation.uid()::equals)
            .orElse(reservation.name().equals(pod.id().name()));
  }

  /** Labels that are not known don't exclude anything. */
  private boolean excludes(NodeSelector selector, String name) {
    Node node = nodes.get(name);
    if (node != null && cluster.hasNodeObjects()) {
      return !selector.matches(node);
    }
    return isByName(selector) && !selector.matches(Node.of(name));
  }

  /** Whether the selector reads names only, which never change. */
  private static boolean isByName(NodeSelector selector) {
    return selector.terms().stream().allMatch(term -> term.matchExpressions().isEmpty());
  }

  private void add(String rule, Severity severity, ClaimId claim, String message) {
    findings.add(new Violation(rule, severity, Optional.of(claim), Optional.empty(), message));
  }
}
