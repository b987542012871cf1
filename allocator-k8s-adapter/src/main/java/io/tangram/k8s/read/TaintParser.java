package io.tangram.k8s.read;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.Taint;
import java.util.Optional;

/**
 * Reads taints and tolerations: of devices (section 9 of the rules), and of nodes and pods, which
 * know other effects.
 */
final class TaintParser {

  private static final ImmutableSet<String> TAINT =
      ImmutableSet.of("key", "value", "effect", "timeAdded");
  private static final ImmutableSet<String> TOLERATION =
      ImmutableSet.of("key", "operator", "value", "effect", "tolerationSeconds");

  private static final ImmutableMap<String, Taint.Effect> DEVICE_EFFECTS =
      ImmutableMap.of(
          "None", Taint.Effect.NONE,
          "NoSchedule", Taint.Effect.NO_SCHEDULE,
          "NoExecute", Taint.Effect.NO_EXECUTE);

  /** A preference keeps nobody away. */
  private static final ImmutableMap<String, Taint.Effect> NODE_EFFECTS =
      ImmutableMap.of(
          "NoSchedule", Taint.Effect.NO_SCHEDULE,
          "PreferNoSchedule", Taint.Effect.NONE,
          "NoExecute", Taint.Effect.NO_EXECUTE);

  private static final ImmutableMap<String, Toleration.Operator> OPERATORS =
      ImmutableMap.of(
          "", Toleration.Operator.EQUAL,
          "Equal", Toleration.Operator.EQUAL,
          "Exists", Toleration.Operator.EXISTS);

  private static final String RULE = "R146";
  private static final String MATCH = "R148";
  private static final String NODE_RULE = "taints of nodes";

  private TaintParser() {}

  static Taint taint(Field taint, ParseContext context) {
    return taint(taint, context, DEVICE_EFFECTS, RULE);
  }

  /** Reads a taint of a node. */
  static Taint nodeTaint(Field taint, ParseContext context) {
    return taint(taint, context, NODE_EFFECTS, NODE_RULE);
  }

  private static Taint taint(
      Field taint, ParseContext context, ImmutableMap<String, Taint.Effect> effects, String rule) {
    context.expectOnly(TAINT, taint);
    return new Taint(
        taint.get("key").name(NameSyntax.LABEL_KEY, rule),
        labelValue(taint.get("value"), rule),
        taint.get("effect").choice(effects, rule),
        taint.get("timeAdded").time());
  }

  static Toleration toleration(Field toleration, ParseContext context) {
    return toleration(toleration, context, DEVICE_EFFECTS, MATCH);
  }

  /** Reads a toleration of a pod; one that names no key must be for all of them. */
  static Toleration podToleration(Field toleration, ParseContext context) {
    Toleration read = toleration(toleration, context, NODE_EFFECTS, NODE_RULE);
    if (read.key().isEmpty() && read.operator() == Toleration.Operator.EQUAL) {
      throw toleration
          .get("operator")
          .bad("must be Exists where no key is named (" + NODE_RULE + ").");
    }
    return read;
  }

  private static Toleration toleration(
      Field toleration,
      ParseContext context,
      ImmutableMap<String, Taint.Effect> effects,
      String rule) {
    context.expectOnly(TOLERATION, toleration);
    Field key = toleration.get("key");
    Toleration.Operator operator = toleration.get("operator").choice(OPERATORS, rule);
    String value = labelValue(toleration.get("value"), rule);
    if (operator == Toleration.Operator.EXISTS && !value.isEmpty()) {
      throw toleration
          .get("value")
          .bad("\"" + value + "\" must be left out with operator Exists (" + rule + ").");
    }
    Field effect = toleration.get("effect");
    return new Toleration(
        key.text().isEmpty() ? "" : key.name(NameSyntax.LABEL_KEY, rule),
        operator,
        value,
        effect.text().isEmpty() ? Optional.empty() : Optional.of(effect.choice(effects, rule)),
        Optional.ofNullable(toleration.get("tolerationSeconds").integer()));
  }

  private static String labelValue(Field value, String rule) {
    return value.text().isEmpty() ? "" : value.name(NameSyntax.LABEL_VALUE, rule);
  }
}
