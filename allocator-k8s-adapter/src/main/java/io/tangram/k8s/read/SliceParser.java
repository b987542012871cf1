package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import java.util.List;

/** Reads a {@code ResourceSlice} (section 1.1 of the rules). */
final class SliceParser {

  private static final String RULE = "section 1.1";
  private static final int MAX_DEVICES = 128;
  private static final int MAX_ADVANCED_DEVICES = 64;

  /** The last one groups devices in reports; it plays no part in allocation. */
  private static final ImmutableSet<String> KNOWN =
      ImmutableSet.of(
          "driver",
          "pool",
          "nodeName",
          "nodeSelector",
          "allNodes",
          "perDeviceNodeSelection",
          "devices",
          "sharedCounters",
          "skipNodeOperations",
          "partitionTypeAttribute");

  private static final ImmutableSet<String> LISTS =
      ImmutableSet.of("ints", "bools", "strings", "versions");

  private final ParseContext context;
  private final CounterParser counters;
  private final DeviceParser devices;

  SliceParser(ParseContext context) {
    this.context = context;
    counters = new CounterParser(context);
    devices = new DeviceParser(context, counters);
  }

  ResourceSlice parse(Metadata metadata) {
    Field spec = metadata.object().get("spec").required(RULE);
    context.expectOnly(KNOWN, spec);
    Field pool = spec.get("pool").required(RULE);
    String driver = spec.get("driver").name(NameSyntax.DRIVER, RULE);
    NodeSelection nodes =
        NodeSelectionParser.ofSlice(spec, spec.names().stream().anyMatch(n -> !KNOWN.contains(n)));
    return ResourceSlice.builder()
        .name(metadata.name())
        .pool(new PoolId(driver, pool.get("name").name(NameSyntax.POOL, RULE)))
        .generation(atLeast(0, pool.get("generation"), "R3"))
        .resourceSliceCount(atLeast(1, pool.get("resourceSliceCount"), "R11"))
        .nodes(nodes)
        .devices(devices(spec, driver, nodes instanceof NodeSelection.PerDevice))
        .sharedCounters(counters.sets(spec.get("sharedCounters")))
        .skipNodeOperations(NodeOperations.parse(spec.get("skipNodeOperations")))
        .build();
  }

  private static long atLeast(long least, Field field, String rule) {
    long value = field.integer(0);
    if (value < least) {
      throw field.isPresent()
          ? field.bad(value + " must be at least " + least + " (" + rule + ").")
          : field.bad("is required (" + rule + ").");
    }
    return value;
  }

  private ImmutableList<Device> devices(Field spec, String driver, boolean perDevice) {
    Field list = spec.get("devices");
    if (list.isPresent() && spec.get("sharedCounters").isPresent()) {
      throw spec.bad(
          "has both devices and sharedCounters; put them into different slices of the pool (R110).");
    }
    List<Field> entries = list.entries(MAX_DEVICES, RULE);
    if (entries.size() > MAX_ADVANCED_DEVICES && entries.stream().anyMatch(SliceParser::advanced)) {
      throw list.bad(
          "has "
              + entries.size()
              + " entries; at most "
              + MAX_ADVANCED_DEVICES
              + " are allowed where one has taints, consumesCounters or a list-typed attribute ("
              + RULE
              + ").");
    }
    Field.requireDistinct(entries, device -> device.get("name").text(), "R16");
    return list.list(MAX_DEVICES, RULE, device -> devices.parse(device, driver, perDevice));
  }

  private static boolean advanced(Field device) {
    JsonNode tree = device.node();
    if (!tree.path("taints").isEmpty() || !tree.path("consumesCounters").isEmpty()) {
      return true;
    }
    for (JsonNode attribute : tree.path("attributes")) {
      if (attribute.properties().stream().anyMatch(field -> LISTS.contains(field.getKey()))) {
        return true;
      }
    }
    return false;
  }
}
