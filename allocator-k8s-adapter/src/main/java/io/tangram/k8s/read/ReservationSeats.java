package io.tangram.k8s.read;

import io.tangram.api.claim.ClaimId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands out the places that claims have for pods (R188): those that are asked first get them, so
 * that no plan can reserve a claim for more pods than an API server would take.
 */
final class ReservationSeats {

  private final Map<ClaimId, Integer> left = new HashMap<>();

  /**
   * Takes a place for the pod in each claim, or in none.
   *
   * @param pod the pod
   * @param claims what it names
   * @return a claim that has no place left for it
   */
  Optional<ClaimId> take(PodObject pod, Set<ClaimObject> claims) {
    List<ClaimObject> wanted =
        claims.stream().filter(claim -> !isReserved(claim, pod.uid())).toList();
    for (ClaimObject claim : wanted) {
      if (left.computeIfAbsent(claim.id(), id -> free(claim)) == 0) {
        return Optional.of(claim.id());
      }
    }
    wanted.forEach(claim -> left.merge(claim.id(), -1, Integer::sum));
    return Optional.empty();
  }

  private static int free(ClaimObject claim) {
    return Reservation.MAX - claim.reservations().size();
  }

  private static boolean isReserved(ClaimObject claim, String podUid) {
    return claim.reservations().stream()
        .anyMatch(each -> each.isForPod() && each.uid().equals(podUid));
  }
}
