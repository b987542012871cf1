package io.tangram.k8s.read;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.SetMultimap;
import io.tangram.api.claim.ClaimId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hands out the places that claims have for pods (R188): those that are asked first get them, so
 * that no plan can reserve a claim for more pods than an API server would take.
 */
final class ReservationSeats {

  private final Map<ClaimId, Integer> left = new HashMap<>();
  private final SetMultimap<ClaimId, String> taken = HashMultimap.create();

  /**
   * Takes a place for the pod in each claim, or in none.
   *
   * @param consumers what it names, and the uid for which that is reserved: its own, or that of its
   *     group, of which all pods have one place together
   * @return a claim that has no place left for it
   */
  Optional<ClaimId> take(Map<ClaimObject, String> consumers) {
    Map<ClaimObject, String> wanted = Maps.filterEntries(consumers, this::isWanted);
    for (ClaimObject claim : wanted.keySet()) {
      if (left.computeIfAbsent(claim.id(), id -> free(claim)) == 0) {
        return Optional.of(claim.id());
      }
    }
    ImmutableMap.copyOf(wanted)
        .forEach(
            (claim, uid) -> {
              left.merge(claim.id(), -1, Integer::sum);
              taken.put(claim.id(), uid);
            });
    return Optional.empty();
  }

  private boolean isWanted(Map.Entry<ClaimObject, String> consumer) {
    ClaimObject claim = consumer.getKey();
    return !taken.containsEntry(claim.id(), consumer.getValue())
        && claim.reservations().stream()
            .noneMatch(
                each ->
                    (each.isForPod() || each.isForPodGroup())
                        && each.uid().equals(consumer.getValue()));
  }

  private static int free(ClaimObject claim) {
    return Reservation.MAX - claim.reservations().size();
  }
}
