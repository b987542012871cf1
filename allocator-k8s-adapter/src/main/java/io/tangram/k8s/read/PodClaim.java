package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of the {@code spec.resourceClaims} of a pod or a group of pods, with its status (R224,
 * R225, R229). One that names neither a claim nor a template is of a kind that is not known here.
 *
 * @param name the name of the entry
 * @param claim the claim it names
 * @param template the template it names
 * @param status what its status says; absent where it has none yet
 */
record PodClaim(
    String name, Optional<String> claim, Optional<String> template, Optional<Status> status) {

  /** The fields of an entry. */
  static final ImmutableSet<String> KNOWN =
      ImmutableSet.of("name", "resourceClaimName", "resourceClaimTemplateName");

  private static final String RULE = "R224";

  /** Whether it names the same in the same way; what became of it apart (R229). */
  boolean isSame(PodClaim other) {
    return name.equals(other.name) && claim.equals(other.claim) && template.equals(other.template);
  }

  /**
   * What became of an entry with a template.
   *
   * @param generated the claim generated for it; absent where none is needed
   */
  record Status(Optional<String> generated) {}

  static ImmutableList<PodClaim> parse(Field pod) {
    Field list = pod.get("spec").get("resourceClaims");
    Field.requireDistinct(list.entries(Field.MANY, RULE), entry -> entry.get("name").text(), RULE);
    ImmutableMap<String, Status> statuses = statuses(pod.get("status"));
    return list.list(Field.MANY, RULE, entry -> entry(entry, statuses));
  }

  private static ImmutableMap<String, Status> statuses(Field status) {
    Map<String, Status> statuses = new HashMap<>();
    for (Field entry : status.get("resourceClaimStatuses").entries(Field.MANY, "R225")) {
      statuses.put(
          entry.get("name").requiredText("R225"),
          new Status(optionalName(entry.get("resourceClaimName"))));
    }
    return ImmutableMap.copyOf(statuses);
  }

  private static PodClaim entry(Field entry, Map<String, Status> statuses) {
    String name = entry.get("name").name(NameSyntax.LABEL, RULE);
    Optional<String> claim = optionalName(entry.get("resourceClaimName"));
    Optional<String> template = optionalName(entry.get("resourceClaimTemplateName"));
    boolean ofTheFuture = !KNOWN.containsAll(entry.names());
    if (claim.isPresent() == template.isPresent() && !(claim.isEmpty() && ofTheFuture)) {
      throw entry.bad(
          "set exactly one of resourceClaimName and resourceClaimTemplateName (" + RULE + ").");
    }
    return new PodClaim(name, claim, template, Optional.ofNullable(statuses.get(name)));
  }

  private static Optional<String> optionalName(Field field) {
    return field.text().isEmpty()
        ? Optional.empty()
        : Optional.of(field.name(NameSyntax.SUBDOMAIN, RULE));
  }
}
