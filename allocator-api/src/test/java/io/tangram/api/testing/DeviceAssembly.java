package io.tangram.api.testing;

import static io.tangram.api.testing.ProblemRecipe.DeviceAspect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.Barrier;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.NodeConsumption;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.OffFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the devices of a recipe, counters and node selection apart. */
final class DeviceAssembly {

  static final QualifiedName MODEL = QualifiedName.parse("model");
  static final QualifiedName INDEX = QualifiedName.parse("example.com/index");
  static final QualifiedName ROOT = QualifiedName.parse("example.com/root");
  static final QualifiedName ODD = QualifiedName.parse("example.com/odd");
  static final QualifiedName MEMORY = QualifiedName.parse("memory");
  static final QualifiedName SLOTS = QualifiedName.parse("slots");
  static final String TAINT_KEY = "example.com/health";

  private static final OffFeature COUNTERS =
      new OffFeature("devices that draw on counters", FeatureGate.PARTITIONABLE_DEVICES, "R117");
  private static final OffFeature CONDITIONS =
      new OffFeature(
          "devices with binding conditions", FeatureGate.DEVICE_BINDING_CONDITIONS, "R161");

  private final ProblemRecipe recipe;
  private int unreadLists;

  DeviceAssembly(ProblemRecipe recipe) {
    this.recipe = recipe;
  }

  ImmutableDevice.Builder device(String name, Draw draw) {
    ImmutableDevice.Builder device = Device.builder().name(name);
    addAttributes(device, draw);
    boolean isShared = recipe.has(Feature.SHARED_DEVICES) && draw.oneIn(2, DeviceAspect.SHARED);
    device.allowMultipleAllocations(isShared);
    if (isShared) {
      addSharedCapacity(device, draw);
    } else if (!draw.oneIn(10, DeviceAspect.CAPACITIES)) {
      device.putCapacity(MEMORY, DeviceCapacity.of(memory(draw)));
    }
    if (recipe.has(Feature.TAINTS) && draw.oneIn(3, DeviceAspect.TAINT)) {
      device.addTaints(taint(draw));
    }
    if (recipe.has(Feature.BINDING_CONDITIONS) && draw.oneIn(3, DeviceAspect.CONDITIONS)) {
      device
          .addBindingConditions("example.com/ready")
          .addBindingFailureConditions("example.com/failed")
          .bindsToNode(draw.oneIn(2, DeviceAspect.NODES));
    }
    if (recipe.has(Feature.NODE_CONSUMPTION) && draw.oneIn(2, DeviceAspect.CONSUMPTION)) {
      device.nodeConsumption(consumption(draw));
    }
    if (recipe.has(Feature.WITHHELD_DEVICES) && draw.below(6, DeviceAspect.BARRIER) == 5) {
      device.barrier(Barrier.withholding(COUNTERS));
    } else if (recipe.has(Feature.HIDDEN_DEVICES) && draw.below(6, DeviceAspect.BARRIER) == 4) {
      device.barrier(Barrier.hiding(CONDITIONS));
    }
    return device;
  }

  /** Some CPU for the device, its pod or its containers; memory as it is consumed. */
  private static ImmutableMap<String, NodeConsumption> consumption(Draw draw) {
    NodeConsumption overhead = NodeConsumption.overhead(Quantity.ONE, Quantity.ZERO);
    return draw.oneOf(
        DeviceAspect.CONSUMPTION,
        ImmutableMap.of(ClusterAssembly.CPU, NodeConsumption.ofDevice(Quantity.ONE)),
        ImmutableMap.of(ClusterAssembly.CPU, overhead),
        ImmutableMap.of(ClusterAssembly.CPU, NodeConsumption.overhead(Quantity.ZERO, Quantity.ONE)),
        ImmutableMap.of(
            ClusterAssembly.MEMORY,
            new NodeConsumption(
                Optional.of(
                    new NodeConsumption.Mapping(Optional.of(MEMORY), Quantity.parse("500m"))),
                Quantity.ZERO,
                Quantity.ZERO),
            ClusterAssembly.CPU,
            overhead),
        ImmutableMap.of(ClusterAssembly.CPU, NodeConsumption.ofDevice(Quantity.of(2))));
  }

  private static Quantity memory(Draw draw) {
    return Quantity.gibibytes(10L * (1 + draw.below(4, DeviceAspect.MEMORY)));
  }

  private void addAttributes(ImmutableDevice.Builder device, Draw draw) {
    device.putAttributes(
        MODEL, new AttributeValue.StringValue(draw.oneOf(DeviceAspect.MODEL, "small", "large")));
    boolean isTied =
        recipe.has(Feature.MATCH_ATTRIBUTE)
            || recipe.has(Feature.DISTINCT_ATTRIBUTE)
            || recipe.has(Feature.LIST_ATTRIBUTES)
            || recipe.has(Feature.UNREAD_LISTS);
    if (isTied) {
      device.putAttributes(INDEX, new AttributeValue.IntValue(draw.below(3, DeviceAspect.INDEX)));
      root(draw).ifPresent(root -> device.putAttributes(ROOT, root));
    }
    if (recipe.has(Feature.LINKS)) {
      LinkAssembly.addAttributes(device, draw);
    }
    if (recipe.has(Feature.FAILING_SELECTORS) && draw.oneIn(3, DeviceAspect.ODD)) {
      device.putAttributes(ODD, new AttributeValue.BoolValue(true));
    }
  }

  /**
   * Usually one of two roots; with lists both or a third, or a list that is not read; now and then
   * none, or a number.
   */
  private Optional<AttributeValue> root(Draw draw) {
    if (recipe.has(Feature.UNREAD_LISTS) && draw.below(4, DeviceAspect.ROOT) == 3) {
      return Optional.of(new AttributeValue.UnreadList("list " + unreadLists++));
    }
    if (recipe.has(Feature.LIST_ATTRIBUTES) && draw.oneIn(2, DeviceAspect.LIST)) {
      return Optional.of(
          new AttributeValue.StringList(
              draw.oneOf(
                  DeviceAspect.ROOT,
                  ImmutableList.of("root-0", "root-1"),
                  ImmutableList.of("root-0"),
                  ImmutableList.of("root-1", "root-2", "root-1"),
                  ImmutableList.of("root-2", "root-0"))));
    }
    return switch (draw.below(12, DeviceAspect.ROOT)) {
      case 10 -> Optional.empty();
      case 11 -> Optional.of(new AttributeValue.IntValue(0));
      default ->
          Optional.of(
              new AttributeValue.StringValue(draw.oneOf(DeviceAspect.ROOT, "root-0", "root-1")));
    };
  }

  private static Taint taint(Draw draw) {
    return new Taint(
        TAINT_KEY,
        "bad",
        draw.oneOf(
            DeviceAspect.EFFECT,
            Taint.Effect.NO_SCHEDULE,
            Taint.Effect.NO_EXECUTE,
            Taint.Effect.NO_SCHEDULE,
            Taint.Effect.NONE),
        Optional.empty());
  }

  /** Memory under one of the policies in play or none; now and then slots too, or no capacity. */
  private void addSharedCapacity(ImmutableDevice.Builder device, Draw draw) {
    int form = draw.below(6, DeviceAspect.CAPACITIES);
    if (form == 5) {
      return;
    }
    device.putCapacity(MEMORY, new DeviceCapacity(Quantity.gibibytes(40), policy(draw)));
    if (form == 4 && recipe.has(Feature.DEFAULT_POLICIES)) {
      device.putCapacity(
          SLOTS,
          new DeviceCapacity(
              Quantity.of(3),
              Optional.of(new CapacityPolicy.DefaultOnly(Optional.of(Quantity.ONE)))));
    } else if (form > 1 && recipe.has(Feature.FRACTIONAL_RANGES)) {
      device.putCapacity(
          SLOTS, new DeviceCapacity(Quantity.parse("2.5"), Optional.of(fractions(draw))));
    }
  }

  private Optional<CapacityPolicy> policy(Draw draw) {
    List<Optional<CapacityPolicy>> policies = new ArrayList<>();
    if (recipe.has(Feature.DEFAULT_POLICIES)) {
      policies.add(
          Optional.of(new CapacityPolicy.DefaultOnly(Optional.of(Quantity.gibibytes(10)))));
    }
    if (recipe.has(Feature.RANGE_POLICIES)) {
      policies.add(Optional.of(range(draw)));
    }
    if (recipe.has(Feature.VALUES_POLICIES)) {
      policies.add(
          Optional.of(
              new CapacityPolicy.ValidValues(
                  Optional.of(Quantity.gibibytes(20)),
                  ImmutableList.of(
                      Quantity.gibibytes(5), Quantity.gibibytes(20), Quantity.gibibytes(30)))));
    }
    policies.add(Optional.empty());
    return draw.oneOf(DeviceAspect.POLICY, policies);
  }

  private static CapacityPolicy range(Draw draw) {
    int form = draw.below(4, DeviceAspect.POLICY_FORM);
    return new CapacityPolicy.ValidRange(
        Optional.of(Quantity.gibibytes(10)),
        Quantity.gibibytes(4),
        form % 2 == 0 ? Optional.of(Quantity.gibibytes(22)) : Optional.empty(),
        form < 2 ? Optional.of(Quantity.gibibytes(6)) : Optional.empty());
  }

  private static CapacityPolicy fractions(Draw draw) {
    int form = draw.below(6, DeviceAspect.POLICY_FORM);
    return new CapacityPolicy.ValidRange(
        Optional.of(Quantity.parse(form == 5 ? "1" : "500m")),
        Quantity.parse("500m"),
        form % 2 == 0 ? Optional.of(Quantity.parse("2")) : Optional.empty(),
        form < 4 ? Optional.of(Quantity.parse("750m")) : Optional.empty(),
        form != 3);
  }
}
