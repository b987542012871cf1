package io.tangram.k8s.read;

import java.util.HashMap;
import java.util.Map;

/**
 * The priorities that pods get by the name of their class, as the API server gives them on
 * creation: the two classes of the system are always there, and pods without a class get that of
 * the global default, the lowest where there are several, or 0.
 */
final class PriorityClasses {

  /** What messages cite. */
  static final String RULE = "pod priority";

  private final Map<String, Integer> values = new HashMap<>();
  private int ofOthers;
  private boolean hasDefault;

  PriorityClasses() {
    values.put("system-cluster-critical", 2_000_000_000);
    values.put("system-node-critical", 2_000_001_000);
  }

  /** Adds a {@code PriorityClass}. */
  void add(Metadata metadata) {
    Field object = metadata.object();
    int value = object.get("value").required(RULE).int32(RULE);
    values.put(metadata.name(), value);
    if (object.get("globalDefault").isTrue()) {
      ofOthers = hasDefault ? Math.min(ofOthers, value) : value;
      hasDefault = true;
    }
  }

  /**
   * Returns the priority of a pod that doesn't say it.
   *
   * @param className the class it names; empty for none
   * @param label what messages call the pod
   * @throws InputException if there is no such class
   */
  int of(String className, ObjectLabel label) {
    if (className.isEmpty()) {
      return ofOthers;
    }
    Integer value = values.get(className);
    if (value == null) {
      throw new InputException(
          label
              + ": spec.priorityClassName: there is no PriorityClass "
              + className
              + ". Add it to the input, or set spec.priority ("
              + RULE
              + ").");
    }
    return value;
  }
}
