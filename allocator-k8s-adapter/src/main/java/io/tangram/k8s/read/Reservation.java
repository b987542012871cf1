package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;

/**
 * An entry of a claim's {@code status.reservedFor}: who may use it (R187).
 *
 * @param apiGroup the group of the consumer, empty for that of pods
 * @param resource its kind in the plural, such as {@code pods}
 * @param name its name
 * @param uid its uid
 */
public record Reservation(String apiGroup, String resource, String name, String uid) {

  /** How many a claim can have (R188). */
  public static final int MAX = 256;

  private static final String RULE = "R188";

  /** What groups of pods are called there. */
  static final String POD_GROUPS = "podgroups";

  /** Whether the consumer is a group of pods (R229). */
  public boolean isForPodGroup() {
    return apiGroup.equals(PodGroup.API_GROUP) && resource.equals(POD_GROUPS);
  }

  /** Whether the consumer is a pod. */
  public boolean isForPod() {
    return apiGroup.isEmpty() && resource.equals("pods");
  }

  /** Reads the entries of a claim. */
  static ImmutableList<Reservation> parse(Field status) {
    Field list = status.get("reservedFor");
    ImmutableList<Field> entries = list.entries(MAX, RULE);
    if (!entries.isEmpty() && !status.get("allocation").isPresent()) {
      throw list.bad("needs an allocation to reserve (" + RULE + ").");
    }
    Field.requireDistinct(entries, entry -> entry.get("uid").requiredText(RULE), RULE);
    return list.list(MAX, RULE, Reservation::entry);
  }

  private static Reservation entry(Field entry) {
    return new Reservation(
        entry.get("apiGroup").text(),
        entry.get("resource").requiredText(RULE),
        entry.get("name").requiredText(RULE),
        entry.get("uid").requiredText(RULE));
  }
}
