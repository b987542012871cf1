package io.tangram.k8s.read;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import io.tangram.api.claim.ClaimId;
import java.util.List;
import java.util.stream.Stream;

/**
 * Objects that somebody may have meant who named one that is not there. To compare names takes its
 * time, and where thousands are not there nobody has misspelled them; then it says nothing of the
 * later ones. Not thread-safe.
 */
final class MeantObjects {

  /** Comparisons of names, which take about a second. */
  private static final long MOST_COMPARISONS = 1_000_000;

  /** Shorter names are parts of too many others, or too near to them. */
  private static final int LEAST_LETTERS = 3;

  private final Iterable<ClaimId> ids;

  // filled when the first is asked for
  private final ListMultimap<String, String> namesByNamespace =
      MultimapBuilder.hashKeys().arrayListValues().build();
  private final ListMultimap<String, ClaimId> idsByName =
      MultimapBuilder.hashKeys().arrayListValues().build();

  private boolean looked;
  private long comparisons;

  /**
   * Starts from what there is.
   *
   * @param ids the objects of one kind, each as if its name were that of a claim; looked at when
   *     the first is asked for
   */
  MeantObjects(Iterable<ClaimId> ids) {
    this.ids = ids;
  }

  /**
   * Returns a clause that goes on from "is not there": the nearest name of the namespace, else the
   * same one in another; empty if there is neither.
   */
  String instead(ClaimId missing) {
    if (!looked) {
      ids.forEach(this::add);
      looked = true;
    }
    List<String> names = namesByNamespace.get(missing.namespace());
    Stream<String> near = Stream.empty();
    if (missing.name().length() >= LEAST_LETTERS && comparisons + names.size() < MOST_COMPARISONS) {
      comparisons += names.size();
      near =
          NearNames.of(missing.name(), names).stream()
              .map(name -> ", but " + new ClaimId(missing.namespace(), name) + " is");
    }
    Stream<String> elsewhere =
        idsByName.get(missing.name()).stream().map(id -> ", but " + id + " is");
    return Stream.concat(near, elsewhere).findFirst().orElse("");
  }

  private void add(ClaimId id) {
    idsByName.put(id.name(), id);
    if (id.name().length() >= LEAST_LETTERS) {
      namesByNamespace.put(id.namespace(), id.name());
    }
  }
}
