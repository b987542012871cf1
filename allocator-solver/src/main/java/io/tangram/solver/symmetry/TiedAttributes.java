package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.api.device.QualifiedName;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.UnitType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attributes that constraints tie devices by, and a code for each value. What counts of a value
 * is which devices of a node share it, so values that only one node has are numbered in the order
 * of the node's devices, and nodes that differ only in the names of their PCIe roots look alike.
 * Values that several nodes have, or that devices seen by several nodes have, keep a code of their
 * own.
 */
public final class TiedAttributes {

  private static final int ON_SEVERAL_NODES = -1;

  private final ImmutableList<QualifiedName> attributes;
  private final BitSet listValued = new BitSet();
  private final List<Map<Element, Integer>> globalCodes = new ArrayList<>();
  private final List<Map<Element, Integer>> homes = new ArrayList<>();
  private final List<Map<Integer, Map<Element, Integer>>> localCodes = new ArrayList<>();

  private TiedAttributes(ImmutableList<QualifiedName> attributes) {
    this.attributes = attributes;
    for (int i = 0; i < attributes.size(); i++) {
      globalCodes.add(new HashMap<>());
      homes.add(new HashMap<>());
      localCodes.add(new HashMap<>());
    }
  }

  /** Returns no attributes, so that all devices are alike in them. */
  public static TiedAttributes none() {
    return new TiedAttributes(ImmutableList.of());
  }

  /** Collects the attributes of a part's constraints and their values on its dedicated devices. */
  public static TiedAttributes of(CompiledProblem problem, Part part) {
    Set<QualifiedName> names = new LinkedHashSet<>();
    for (UnitType type : part.types()) {
      for (ClaimShape claim : type.claims()) {
        claim.constraints().forEach(tie -> names.add(tie.attribute()));
      }
    }
    TiedAttributes tied = new TiedAttributes(ImmutableList.copyOf(names));
    if (!names.isEmpty()) {
      part.dedicated().forEach(device -> tied.findHomes(problem.devices(), device));
    }
    return tied;
  }

  private void findHomes(DeviceTable devices, int device) {
    int[] nodes = devices.nodesOf(devices.site(device));
    int home = nodes.length == 1 ? nodes[0] : ON_SEVERAL_NODES;
    for (int i = 0; i < attributes.size(); i++) {
      AttributeValue value =
          devices.device(device).attribute(devices.driver(device), attributes.get(i));
      if (value == null) {
        continue;
      }
      ImmutableSet<Element> elements = value.elements();
      if (elements.size() != 1 || isUnread(value)) {
        listValued.set(i);
      }
      for (Element element : elements) {
        homes.get(i).merge(element, home, (a, b) -> a.equals(b) ? a : ON_SEVERAL_NODES);
      }
    }
  }

  private static boolean isUnread(AttributeValue value) {
    return value.type() == AttributeValue.Type.UNREAD_LIST;
  }

  /** The number of an attribute. */
  public int index(QualifiedName attribute) {
    return attributes.indexOf(attribute);
  }

  /** How many attributes there are. */
  public int size() {
    return attributes.size();
  }

  /**
   * Whether some device has a list of other than one element, or one that is not read: codes can't
   * express that.
   */
  public boolean isListValued(QualifiedName attribute) {
    return listValued.get(index(attribute));
  }

  /** The codes of a device's values. */
  ImmutableList<Integer> codes(DeviceTable devices, int device) {
    ImmutableList.Builder<Integer> codes = ImmutableList.builder();
    for (int i = 0; i < attributes.size(); i++) {
      AttributeValue value =
          devices.device(device).attribute(devices.driver(device), attributes.get(i));
      codes.add(
          value == null || value.elements().size() != 1 || isUnread(value)
              ? DeviceClass.NO_VALUE
              : code(i, value.elements().iterator().next()));
    }
    return codes.build();
  }

  /** Even codes are local to a node, odd ones global. */
  private int code(int attribute, Element value) {
    int home = homes.get(attribute).getOrDefault(value, ON_SEVERAL_NODES);
    if (home == ON_SEVERAL_NODES) {
      Map<Element, Integer> codes = globalCodes.get(attribute);
      return codes.computeIfAbsent(value, v -> 2 * codes.size() + 1);
    }
    Map<Element, Integer> codes =
        localCodes.get(attribute).computeIfAbsent(home, node -> new HashMap<>());
    return codes.computeIfAbsent(value, v -> 2 * codes.size());
  }
}
