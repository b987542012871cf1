package io.tangram.k8s.read;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.math.LongMath;
import com.google.common.primitives.Ints;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.device.DeviceSelector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects a sample of the claims that are likely to come. */
final class DemandIntake {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,7}");

  private final ParseContext context;
  private final ClaimSpecParser specs;
  private final ObjectRegister register;
  private final Map<DeviceRequest, Long> sums = new LinkedHashMap<>();

  DemandIntake(ParseContext context) {
    this.context = context;
    specs = new ClaimSpecParser(context);
    register = new ObjectRegister(context.warnings());
  }

  void add(InputObject object) {
    switch (object.objectKind()) {
      case RESOURCE_CLAIM -> addClaim(object.ofNamespaced());
      case RESOURCE_CLAIM_TEMPLATE -> addTemplate(object.ofNamespaced());
      case DEVICE_CLASS -> DeviceClassParser.parse(object.ofCluster(), context);
      case UNKNOWN -> context.warnings().countSkipped(object.file() + ": ", object);
      case OTHER_VERSION -> throw object.otherVersion();
      case NODE,
          NAMESPACE,
          RESOURCE_SLICE,
          DEVICE_TAINT_RULE,
          POD,
          PRIORITY_CLASS,
          POD_GROUP,
          WORKLOAD ->
          throw object.refused(
              "plays no part in what is expected. Give the ResourceClaims and"
                  + " ResourceClaimTemplates that are likely to come.");
    }
  }

  private void addClaim(Metadata metadata) {
    if (register.isNew(metadata)) {
      add(metadata, specs.parse(metadata.object().get("spec")));
    }
  }

  private void addTemplate(Metadata metadata) {
    if (register.isNew(metadata)) {
      add(metadata, ClaimTemplate.parse(metadata.object(), specs, context).spec());
    }
  }

  private void add(Metadata metadata, ClaimSpec spec) {
    long weight =
        metadata.object().get("metadata").get("annotations").mapEntries().stream()
            .filter(annotation -> annotation.key().equals(ExpectedClaims.WEIGHT))
            .findFirst()
            .map(DemandIntake::weight)
            .orElse(1L);
    ObjectLabel label = metadata.object().label();
    Claim claim =
        Claim.builder()
            .id(new ClaimId(label.namespace(), label.name()))
            .build()
            .withRequests(spec.requests());
    ExpectedDemand.of(List.of(claim))
        .weights()
        .forEach(
            (request, count) -> {
              request.selectors().forEach(selector -> warnOfDefect(label, selector));
              sums.merge(request, count * weight, LongMath::saturatedAdd);
            });
  }

  private void warnOfDefect(ObjectLabel label, DeviceSelector selector) {
    selector
        .defect()
        .ifPresent(
            defect ->
                context
                    .warnings()
                    .count(
                        "defect of " + selector.expression(),
                        times ->
                            label
                                + ": selector "
                                + selector.shown()
                                + ": "
                                + defect
                                + " (R54); nothing is kept free for such requests."));
  }

  private static long weight(Field annotation) {
    String text = annotation.text();
    long weight = WHOLE_NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
    if (weight < 1 || weight > ExpectedDemand.MAX_WEIGHT) {
      throw annotation.bad(
          annotation.shown()
              + " must be how often the claim is expected, a whole number from 1 to "
              + ExpectedDemand.MAX_WEIGHT
              + ", such as \"30\".");
    }
    return weight;
  }

  /**
   * Returns the sample.
   *
   * @param source what messages call it
   */
  ExpectedClaims build(String source) {
    if (sums.isEmpty()) {
      throw new InputException(
          source
              + ": nothing in it asks for devices. Give ResourceClaims or ResourceClaimTemplates"
              + " like those that are likely to come.");
    }
    try {
      ImmutableMap<DeviceRequest, Integer> weights =
          ImmutableMap.copyOf(Maps.transformValues(sums, Ints::saturatedCast));
      return new ExpectedClaims(new ExpectedDemand(weights), context.warnings().list());
    } catch (IllegalArgumentException e) {
      throw new InputException(source + ": " + e.getMessage());
    }
  }
}
