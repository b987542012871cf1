package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.DeviceConstraint;
import java.util.List;

/** What annotations say of claims that Kubernetes has no field for. */
final class ClaimAnnotations {

  /** What all annotations of Tangram begin with. */
  static final String PREFIX = "tangram.io/";

  private static final ImmutableSet<String> KNOWN =
      ImmutableSet.of(LinksAnnotation.NAME, ExpectedClaims.WEIGHT);

  private ClaimAnnotations() {}

  /**
   * Returns what a claim wants with what its annotations add.
   *
   * @param annotations those of the claim, or those that a template gives its claims
   */
  static ClaimSpec on(ClaimSpec spec, Field annotations, ParseContext context) {
    ImmutableList.Builder<DeviceConstraint> constraints = ImmutableList.builder();
    for (Field annotation : ofTangram(annotations)) {
      if (annotation.key().equals(LinksAnnotation.NAME)) {
        constraints.addAll(LinksAnnotation.parse(annotation, spec.requests()));
      } else if (!KNOWN.contains(annotation.key())) {
        warn(
            annotation,
            context,
            "is no annotation of Tangram and has no effect; "
                + NearNames.question(
                    annotation.key(), KNOWN, "known are " + String.join(", ", KNOWN) + "."));
      }
    }
    ImmutableList<DeviceConstraint> more = constraints.build();
    return more.isEmpty() ? spec : spec.with(more);
  }

  /**
   * Warns of annotations of a template itself that are meant for its claims.
   *
   * @param annotations those of the template
   */
  static void warnOfTemplate(Field annotations, ParseContext context) {
    for (Field annotation : ofTangram(annotations)) {
      if (!annotation.key().equals(ExpectedClaims.WEIGHT)) {
        warn(
            annotation,
            context,
            "has no effect: claims of a template have the annotations in spec.metadata.annotations."
                + " Put it there.");
      }
    }
  }

  private static List<Field> ofTangram(Field annotations) {
    return annotations.mapEntries().stream()
        .filter(annotation -> annotation.key().startsWith(PREFIX))
        .toList();
  }

  private static void warn(Field annotation, ParseContext context, String problem) {
    String first = annotation.bad(problem).getMessage();
    context
        .warnings()
        .count(
            annotation.label().kind() + " " + annotation.key(),
            times ->
                first + (times == 1 ? "" : " So it is with " + (times - 1) + " more objects."));
  }
}
