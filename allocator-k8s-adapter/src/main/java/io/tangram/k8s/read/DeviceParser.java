package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Taint;
import java.util.HashSet;
import java.util.Set;

/** Reads the devices of a slice (section 1.1 of the rules). Equal parts of devices are shared. */
final class DeviceParser {

  private static final String RULE = "section 1.1";
  private static final int MAX_TAINTS = 16;
  private static final int MAX_ATTRIBUTES_AND_CAPACITIES = 32;
  private static final int MAX_ATTRIBUTE_VALUES = 48;
  private static final int MAX_CONDITIONS = 4;

  /** The fields of a device. */
  static final ImmutableSet<String> KNOWN =
      ImmutableSet.of(
          "name",
          "attributes",
          "capacity",
          "consumesCounters",
          "nodeName",
          "nodeSelector",
          "allNodes",
          "taints",
          "bindsToNode",
          "bindingConditions",
          "bindingFailureConditions",
          "allowMultipleAllocations",
          "nodeAllocatableResourceMappings",
          "nodeAllocatableResources");

  private final ParseContext context;
  private final AttributeParser attributeParser;
  private final CapacityParser capacityParser;
  private final CounterParser counterParser;
  private final NodeConsumptionParser nodeConsumptionParser;

  private final Memo<ImmutableMap<QualifiedName, AttributeValue>> attributes = new Memo<>();
  private final Memo<ImmutableMap<QualifiedName, DeviceCapacity>> dedicated = new Memo<>();
  private final Memo<ImmutableMap<QualifiedName, DeviceCapacity>> shared = new Memo<>();
  private final Memo<ImmutableList<CounterConsumption>> consumption = new Memo<>();
  private final Memo<ImmutableList<Taint>> taints = new Memo<>();

  DeviceParser(ParseContext context, CounterParser counterParser) {
    this.context = context;
    this.counterParser = counterParser;
    attributeParser = new AttributeParser(context);
    capacityParser = new CapacityParser(context);
    nodeConsumptionParser = new NodeConsumptionParser(context);
  }

  /**
   * Reads a device.
   *
   * @param driver its driver
   * @param perDevice whether the slice leaves the selection of nodes to its devices
   */
  Device parse(Field device, String driver, boolean perDevice) {
    context.expectOnly(KNOWN, device);
    boolean isShared = device.get("allowMultipleAllocations").isTrue();
    ImmutableMap<QualifiedName, AttributeValue> readAttributes =
        attributes.get(device.get("attributes"), attributeParser::parse);
    ImmutableMap<QualifiedName, DeviceCapacity> readCapacity =
        isShared
            ? shared.get(device.get("capacity"), each -> capacityParser.parse(each, true))
            : dedicated.get(device.get("capacity"), each -> capacityParser.parse(each, false));
    checkSize(device, readAttributes, readCapacity.size());
    ImmutableList<String> conditions = conditions(device.get("bindingConditions"));
    ImmutableList<String> failures = conditions(device.get("bindingFailureConditions"));
    checkConditions(device, conditions, failures);
    // Unlike a builder, which copies collections, the with methods share them.
    return Device.builder()
        .name(device.get("name").name(NameSyntax.LABEL, RULE))
        .nodes(NodeSelectionParser.ofDevice(device, perDevice))
        .bindsToNode(device.get("bindsToNode").isTrue())
        .bindingConditions(conditions)
        .bindingFailureConditions(failures)
        .allowMultipleAllocations(isShared)
        .build()
        .withAttributes(readAttributes)
        .withCapacity(readCapacity)
        .withConsumesCounters(
            consumption.get(device.get("consumesCounters"), counterParser::consumption))
        .withNodeConsumption(nodeConsumptionParser.parse(device, driver, readCapacity.keySet()))
        .withTaints(taints.get(device.get("taints"), this::taints));
  }

  private ImmutableList<Taint> taints(Field list) {
    return list.list(MAX_TAINTS, RULE, taint -> TaintParser.taint(taint, context));
  }

  private static void checkSize(
      Field device, ImmutableMap<QualifiedName, AttributeValue> attributes, int capacities) {
    int total = attributes.size() + capacities;
    if (total > MAX_ATTRIBUTES_AND_CAPACITIES) {
      throw device.bad(
          "has "
              + total
              + " attributes and capacities; at most "
              + MAX_ATTRIBUTES_AND_CAPACITIES
              + " are allowed ("
              + RULE
              + ").");
    }
    int values = attributes.values().stream().mapToInt(DeviceParser::size).sum();
    if (values > MAX_ATTRIBUTE_VALUES) {
      throw device.bad(
          "has "
              + values
              + " attribute values; at most "
              + MAX_ATTRIBUTE_VALUES
              + " are allowed ("
              + RULE
              + ").");
    }
  }

  private static int size(AttributeValue value) {
    if (value instanceof AttributeValue.IntList list) {
      return list.values().size();
    } else if (value instanceof AttributeValue.BoolList list) {
      return list.values().size();
    } else if (value instanceof AttributeValue.StringList list) {
      return list.values().size();
    }
    return value instanceof AttributeValue.VersionList list ? list.values().size() : 1;
  }

  private static ImmutableList<String> conditions(Field list) {
    Field.requireDistinct(list.entries(MAX_CONDITIONS, RULE), Field::text, RULE);
    return list.list(MAX_CONDITIONS, RULE, condition -> condition.name(NameSyntax.LABEL_KEY, RULE));
  }

  private void checkConditions(
      Field device, ImmutableList<String> conditions, ImmutableList<String> failures) {
    if (conditions.isEmpty() != failures.isEmpty()) {
      context.warnOfRefusable(
          device, "has only one of bindingConditions and bindingFailureConditions (" + RULE + ")");
    }
    Set<String> both = new HashSet<>(conditions);
    both.retainAll(failures);
    if (!both.isEmpty()) {
      throw device.bad(
          "bindingConditions and bindingFailureConditions share " + both + " (" + RULE + ").");
    }
  }
}
