package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads {@code status.allocation} of a claim (section 11.1 of the rules). What is well formed but
 * contradicts the claim or the cluster is for a checker to find.
 */
final class AllocationParser {

  private static final String RULE = "section 11.1";
  private static final int MAX_REFERENCES = 32;
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final ImmutableMap<String, AllocatedConfig.Source> SOURCES =
      ImmutableMap.of(
          "FromClass", AllocatedConfig.Source.FROM_CLASS,
          "FromClaim", AllocatedConfig.Source.FROM_CLAIM);

  private final ParseContext context;

  AllocationParser(ParseContext context) {
    this.context = context;
  }

  Allocation parse(ClaimId claim, Field allocation) {
    Field devices = allocation.get("devices");
    return Allocation.builder()
        .claim(claim)
        .devices(devices.get("results").list(Field.MANY, RULE, this::result))
        .configs(devices.get("config").list(Field.MANY, RULE, this::config))
        .nodeSelector(nodeSelector(allocation.get("nodeSelector")))
        .build();
  }

  private static Optional<NodeSelector> nodeSelector(Field selector) {
    return selector.isPresent()
        ? Optional.of(NodeSelectorParser.parse(selector))
        : Optional.empty();
  }

  private DeviceAllocation result(Field result) {
    return DeviceAllocation.builder()
        .request(result.get("request").requiredText(RULE))
        .device(
            new DeviceId(
                result.get("driver").name(NameSyntax.DRIVER, RULE),
                result.get("pool").name(NameSyntax.POOL, RULE),
                result.get("device").name(NameSyntax.LABEL, RULE)))
        .adminAccess(result.get("adminAccess").isTrue())
        .tolerations(
            result
                .get("tolerations")
                .list(Field.MANY, RULE, each -> TaintParser.toleration(each, context)))
        .bindingConditions(texts(result.get("bindingConditions")))
        .bindingFailureConditions(texts(result.get("bindingFailureConditions")))
        .shareId(shareId(result.get("shareID")))
        .consumedCapacity(consumed(result.get("consumedCapacity")))
        .skipNodeOperations(NodeOperations.parse(result.get("skipNodeOperations")))
        .compatibilityGroups(groups(result.get("compatibilityGroups")))
        .build();
  }

  private static ImmutableList<String> texts(Field list) {
    return list.list(Field.MANY, RULE, Field::text);
  }

  private static Optional<UUID> shareId(Field shareId) {
    String text = shareId.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!UUID_TEXT.matcher(text).matches()) {
      throw shareId.bad("\"" + text + "\" must be a UUID in lower case (R136).");
    }
    return Optional.of(UUID.fromString(text));
  }

  private ImmutableMap<QualifiedName, Quantity> consumed(Field consumed) {
    return consumed.mapEntries().stream()
        .collect(
            ImmutableMap.toImmutableMap(
                entry -> context.qualifiedName(entry), entry -> entry.requiredQuantity("R137")));
  }

  /** Lists that are empty say nothing (R122). */
  private static ImmutableMap<String, ImmutableSet<String>> groups(Field bySet) {
    ImmutableMap.Builder<String, ImmutableSet<String>> groups = ImmutableMap.builder();
    for (Field ofSet : bySet.mapEntries()) {
      ImmutableSet<String> names = CounterParser.groups(ofSet);
      if (!names.isEmpty()) {
        groups.put(ofSet.key(), names);
      }
    }
    return groups.buildOrThrow();
  }

  private AllocatedConfig config(Field config) {
    return new AllocatedConfig(
        config.get("source").choice(SOURCES, RULE),
        config.get("requests").list(MAX_REFERENCES, RULE, Field::text),
        ConfigParser.parse(config, context));
  }
}
