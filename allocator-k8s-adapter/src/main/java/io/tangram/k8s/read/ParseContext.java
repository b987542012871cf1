package io.tangram.k8s.read;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.HashMap;
import java.util.Map;

/** What all objects of one input share: compiled expressions, and where warnings go. */
final class ParseContext {

  /** What quantities are capped at. */
  private static final Quantity MOST = Quantity.of(Long.MAX_VALUE);

  /** Drivers use a few dozen names, on every device. */
  private static final int MAX_NAMES = 1 << 12;

  private final Expressions expressions;
  private final Map<String, DeviceSelector> selectors = new HashMap<>();
  private final Map<String, DerivedAttribute> attributes = new HashMap<>();
  private final Map<String, QualifiedName> qualifiedNames = new HashMap<>();
  private final ReadWarnings warnings = new ReadWarnings();
  private final ReadWarnings planning;

  ParseContext(Expressions expressions) {
    this(expressions, true);
  }

  /**
   * Makes a context.
   *
   * @param isPlanned whether what is pending is going to be allocated
   */
  ParseContext(Expressions expressions, boolean isPlanned) {
    this.expressions = expressions;
    planning = isPlanned ? warnings : new ReadWarnings();
  }

  ReadWarnings warnings() {
    return warnings;
  }

  /** Where warnings go about what is pending: nobody hears them where nothing is allocated. */
  ReadWarnings planning() {
    return planning;
  }

  /** Returns the selector of an expression; each expression is compiled once. */
  DeviceSelector selector(String expression) {
    return selectors.computeIfAbsent(expression, expressions::selector);
  }

  /** Returns the attribute that an expression derives; each expression is compiled once. */
  DerivedAttribute derivedAttribute(String expression) {
    return attributes.computeIfAbsent(expression, expressions::derivedAttribute);
  }

  /** Warns of fields that are not known, as they have no effect. */
  void expectOnly(ImmutableSet<String> known, Field object) {
    for (Map.Entry<String, ?> field : object.node().properties()) {
      if (!known.contains(field.getKey())) {
        warnUnknown(object, field.getKey());
      }
    }
  }

  /**
   * Returns a name that must be there. One of a form that an API server would refuse is a warning:
   * nothing depends on its form.
   *
   * @param rule the rule that says so
   */
  String name(Field field, NameSyntax syntax, String rule) {
    String name = field.requiredText(rule);
    if (!syntax.accepts(name)) {
      warnOfName(field, name, syntax, rule);
    }
    return name;
  }

  /**
   * Returns the amount in the field {@code value} of an entry.
   *
   * @param rule the rule that says it must be there
   */
  Quantity amountOf(Field entry, String rule) {
    if (entry.node().isValueNode() && entry.isPresent()) {
      throw entry.bad(
          entry.shown()
              + " must be an object; write {value: "
              + entry.shown()
              + "} ("
              + rule
              + ").");
    }
    return amount(entry.get("value"), rule);
  }

  /**
   * Returns an amount that must be there. One that can hardly be meant is a warning: an API server
   * would take it.
   *
   * @param rule the rule that says so
   */
  Quantity amount(Field field, String rule) {
    Quantity amount = field.requiredQuantity(rule);
    if (amount.signum() < 0) {
      warnOfAmount("negative", field, "is negative, which an API server would take all the same");
    } else if (amount.equals(MOST) && !field.node().asText().equals(MOST.toString())) {
      warnOfAmount(
          "capped", field, "is more than a quantity can be, and counts as " + MOST + " (R35)");
    }
    return amount;
  }

  private void warnOfAmount(String matter, Field field, String problem) {
    String first = field.bad(field.shown() + " " + problem).getMessage();
    warnings.count(
        matter + " " + field.label().kind(),
        times -> first + (times == 1 ? "." : "; and " + (times - 1) + " more such amounts."));
  }

  /** Returns the name of an attribute or a capacity, which is the key of the entry (R25). */
  QualifiedName qualifiedName(Field entry) {
    String text = entry.key();
    QualifiedName known = qualifiedNames.get(text);
    if (known != null) {
      return known;
    }
    if (text.isEmpty() || text.startsWith("/") || text.endsWith("/")) {
      throw entry.bad("the name is not " + NameSyntax.QUALIFIED.description() + " (R25).");
    }
    QualifiedName name = QualifiedName.parse(text);
    if (!NameSyntax.QUALIFIED.accepts(text)) {
      warnOfName(entry, text, NameSyntax.QUALIFIED, "R25");
    } else if (qualifiedNames.size() < MAX_NAMES) {
      qualifiedNames.put(text, name);
    }
    return name;
  }

  /** Warns of a value that an API server would refuse, but that means something all the same. */
  void warnOfRefusable(Field field, String problem) {
    warnings.add(field.bad(problem).getMessage() + "; an API server would refuse it.");
  }

  /** Warns of a name of a form that an API server would refuse. */
  void warnOfName(Field field, String name, NameSyntax syntax, String rule) {
    warnings.count(
        field.label().kind() + " " + syntax,
        times ->
            field
                    .bad("\"" + name + "\" is not " + syntax.description() + " (" + rule + ")")
                    .getMessage()
                + "; an API server would refuse it"
                + (times == 1 ? "." : ", and " + (times - 1) + " more such names."));
  }

  private void warnUnknown(Field object, String field) {
    String path = object.path() + "." + field;
    String matter = object.label().kind() + " " + path.replaceAll("\\[[^]]*]", "[]");
    String first = object.label() + ": " + path + " is not a known field and has no effect";
    warnings.count(
        matter, times -> first + (times == 1 ? "." : "; it is there " + times + " times."));
  }
}
