package io.tangram.k8s.read;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/** Reads what nodes need not do for devices: {@code skipNodeOperations} of a slice or a result. */
final class NodeOperations {

  private static final String RULE = "section 1.1";
  private static final String PREPARE = "NodePrepareResources";
  private static final String UNPREPARE = "NodeUnprepareResources";
  private static final String ALL = "*";
  private static final ImmutableMap<String, String> KNOWN =
      ImmutableMap.of(PREPARE, PREPARE, UNPREPARE, UNPREPARE, ALL, ALL);

  private NodeOperations() {}

  /** Returns the operations; what is prepared must be unprepared. */
  static ImmutableSet<String> parse(Field list) {
    Field.requireDistinct(list.entries(KNOWN.size(), RULE), Field::text, RULE);
    ImmutableSet<String> operations =
        ImmutableSet.copyOf(list.list(KNOWN.size(), RULE, each -> each.choice(KNOWN, RULE)));
    if (operations.equals(ImmutableSet.of(PREPARE))) {
      throw list.bad(
          PREPARE + " can be skipped only with " + UNPREPARE + " or " + ALL + " (" + RULE + ").");
    }
    return operations;
  }
}
