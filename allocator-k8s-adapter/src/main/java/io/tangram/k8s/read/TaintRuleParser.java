package io.tangram.k8s.read;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.Taint;
import io.tangram.api.device.TaintRule;
import io.tangram.api.reference.Defect;
import java.util.Optional;
import java.util.Set;

/** Reads a {@code DeviceTaintRule} (section 9 of the rules); its versions have one shape. */
final class TaintRuleParser {

  private static final String RULE = "R152";
  private static final ImmutableSet<String> KNOWN = ImmutableSet.of("deviceSelector", "taint");
  private static final ImmutableSet<String> KNOWN_SELECTOR =
      ImmutableSet.of("driver", "pool", "device", "deviceClassName", "selectors");

  /** By what rules selected devices once. */
  private static final ImmutableMap<String, String> REMOVED =
      ImmutableMap.of("deviceClassName", "device class", "selectors", "CEL");

  private final ParseContext context;
  private final boolean matchesAllWithoutSelector;

  TaintRuleParser(ParseContext context, Set<Defect> defects) {
    this.context = context;
    this.matchesAllWithoutSelector = defects.contains(Defect.RULE_WITHOUT_SELECTOR_MATCHES_ALL);
  }

  TaintRule parse(Metadata metadata) {
    Field spec = metadata.object().get("spec").required(RULE);
    context.expectOnly(KNOWN, spec);
    Field selector = spec.get("deviceSelector");
    return new TaintRule(
        metadata.name(),
        selector.isPresent() ? Optional.of(selection(selector)) : unselective(metadata),
        taint(spec.get("taint").required(RULE), metadata));
  }

  private Optional<TaintRule.Selection> unselective(Metadata metadata) {
    context
        .warnings()
        .add(
            metadata.object().label()
                + (matchesAllWithoutSelector
                    ? ": has no deviceSelector and should taint nothing, but taints every device as"
                        + " kube-scheduler has it, by its defect R153."
                    : ": has no deviceSelector, so it taints nothing (R153); {} selects every"
                        + " device."));
    return matchesAllWithoutSelector ? Optional.of(TaintRule.Selection.EVERY) : Optional.empty();
  }

  /** One that the API server would have dated is as old as the rule (R155). */
  private Taint taint(Field field, Metadata metadata) {
    Taint taint = TaintParser.taint(field, context);
    return new Taint(
        taint.key(), taint.value(), taint.effect(), taint.timeAdded().or(metadata::createdAt));
  }

  private TaintRule.Selection selection(Field selector) {
    context.expectOnly(KNOWN_SELECTOR, selector);
    REMOVED.forEach(
        (field, what) -> {
          if (selector.get(field).isPresent()) {
            throw selector
                .get(field)
                .bad(
                    "selecting by "
                        + what
                        + " was removed in Kubernetes 1.35 (R154). Select by driver, pool and"
                        + " device.");
          }
        });
    return new TaintRule.Selection(
        name(selector.get("driver"), NameSyntax.DRIVER),
        name(selector.get("pool"), NameSyntax.POOL),
        name(selector.get("device"), NameSyntax.LABEL));
  }

  private static Optional<String> name(Field field, NameSyntax syntax) {
    return field.isPresent() ? Optional.of(field.name(syntax, RULE)) : Optional.empty();
  }
}
