package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.TopologyConstraint.AtMost;
import io.tangram.api.claim.TopologyConstraint.Together;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The topology of a PodGroup that Kubernetes has no field for, in annotations:
 *
 * <pre>
 * tangram.io/topology-required:          label[,label...]
 * tangram.io/topology-preferred:         label[,label...]
 * tangram.io/topology-at-most:           label=number[,label=number...]
 * tangram.io/topology-at-most-preferred: label=number[,label=number...]
 * </pre>
 *
 * <p>A label is the key of a label of nodes, a number one from 1 of up to nine digits. There are no
 * blanks, and no label is there twice in one annotation.
 */
final class TopologyAnnotations {

  private static final String PREFIX = "tangram.io/";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  /** What can be said, with what it is an entry of. */
  private enum Key {
    REQUIRED("topology-required"),
    PREFERRED("topology-preferred"),
    AT_MOST("topology-at-most"),
    AT_MOST_PREFERRED("topology-at-most-preferred");

    private final String annotation;

    Key(String name) {
      this.annotation = PREFIX + name;
    }

    boolean isRequired() {
      return this == REQUIRED || this == AT_MOST;
    }

    boolean hasNumbers() {
      return this == AT_MOST || this == AT_MOST_PREFERRED;
    }
  }

  private TopologyAnnotations() {}

  /**
   * Reads the annotations of a group, in the order of the list above; those that begin with {@code
   * tangram.io/} and are not in it are warned of.
   *
   * @throws InputException if one is not as the list has it
   */
  static ImmutableList<TopologyConstraint> parse(Field object, ParseContext context) {
    List<Field> annotations = object.get("metadata").get("annotations").mapEntries();
    warnOfUnknown(annotations, context);
    ImmutableList.Builder<TopologyConstraint> constraints = ImmutableList.builder();
    for (Key key : Key.values()) {
      annotations.stream()
          .filter(annotation -> annotation.key().equals(key.annotation))
          .forEach(annotation -> constraints.addAll(parse(key, annotation)));
    }
    return constraints.build();
  }

  private static void warnOfUnknown(List<Field> annotations, ParseContext context) {
    String known =
        Arrays.stream(Key.values()).map(key -> key.annotation).collect(Collectors.joining(", "));
    for (Field annotation : annotations) {
      if (annotation.key().startsWith(PREFIX)
          && Arrays.stream(Key.values())
              .noneMatch(key -> key.annotation.equals(annotation.key()))) {
        String unknown = annotation.bad("is not known and has no effect").getMessage();
        context.warnings().add(unknown + "; on a PodGroup there are " + known + ".");
      }
    }
  }

  private static List<TopologyConstraint> parse(Key key, Field annotation) {
    List<TopologyConstraint> constraints = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    for (String entry : annotation.text().split(",", -1)) {
      int equals = key.hasNumbers() ? entry.indexOf('=') : entry.length();
      String label = entry.substring(0, Math.max(0, equals));
      String number = equals < 0 ? "" : entry.substring(Math.min(entry.length(), equals + 1));
      boolean isNumbered = !key.hasNumbers() || NUMBER.matcher(number).matches();
      if (!NameSyntax.LABEL_KEY.accepts(label) || !isNumbered) {
        throw annotation.bad(
            "\"" + entry + "\" must be " + (key.hasNumbers() ? NUMBERED : PLAIN) + ".");
      }
      if (!labels.add(label)) {
        throw annotation.bad("\"" + label + "\" is there twice; name each label once.");
      }
      constraints.add(
          key.hasNumbers()
              ? new AtMost(label, Integer.parseInt(number), key.isRequired())
              : new Together(label, key.isRequired()));
    }
    return constraints;
  }

  private static final String PLAIN =
      "the key of a label of nodes, such as topology.kubernetes.io/zone; commas part several";
  private static final String NUMBERED =
      "the key of a label of nodes, = and a whole number from 1, such as kubernetes.io/hostname=1;"
          + " commas part several";
}
