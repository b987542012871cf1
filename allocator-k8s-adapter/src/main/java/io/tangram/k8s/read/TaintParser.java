package io.tangram.k8s.read;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.Taint;
import java.util.Optional;

/** Reads taints and tolerations (section 9 of the rules). */
final class TaintParser {

  private static final ImmutableSet<String> TAINT =
      ImmutableSet.of("key", "value", "effect", "timeAdded");
  private static final ImmutableSet<String> TOLERATION =
      ImmutableSet.of("key", "operator", "value", "effect", "tolerationSeconds");

  private static final ImmutableMap<String, Taint.Effect> EFFECTS =
      ImmutableMap.of(
          "None", Taint.Effect.NONE,
          "NoSchedule", Taint.Effect.NO_SCHEDULE,
          "NoExecute", Taint.Effect.NO_EXECUTE);
  private static final ImmutableMap<String, Toleration.Operator> OPERATORS =
      ImmutableMap.of(
          "", Toleration.Operator.EQUAL,
          "Equal", Toleration.Operator.EQUAL,
          "Exists", Toleration.Operator.EXISTS);

  private static final String RULE = "R146";
  private static final String MATCH = "R148";

  private TaintParser() {}

  static Taint taint(Field taint, ParseContext context) {
    context.expectOnly(TAINT, taint);
    return new Taint(
        taint.get("key").name(NameSyntax.LABEL_KEY, RULE),
        labelValue(taint.get("value"), RULE),
        taint.get("effect").choice(EFFECTS, RULE),
        taint.get("timeAdded").time());
  }

  static Toleration toleration(Field toleration, ParseContext context) {
    context.expectOnly(TOLERATION, toleration);
    Field key = toleration.get("key");
    Toleration.Operator operator = toleration.get("operator").choice(OPERATORS, MATCH);
    String value = labelValue(toleration.get("value"), MATCH);
    if (operator == Toleration.Operator.EXISTS && !value.isEmpty()) {
      throw toleration
          .get("value")
          .bad("\"" + value + "\" must be left out with operator Exists (" + MATCH + ").");
    }
    Field effect = toleration.get("effect");
    return new Toleration(
        key.text().isEmpty() ? "" : key.name(NameSyntax.LABEL_KEY, MATCH),
        operator,
        value,
        effect.text().isEmpty() ? Optional.empty() : Optional.of(effect.choice(EFFECTS, MATCH)),
        Optional.ofNullable(toleration.get("tolerationSeconds").integer()));
  }

  private static String labelValue(Field value, String rule) {
    return value.text().isEmpty() ? "" : value.name(NameSyntax.LABEL_VALUE, rule);
  }
}
