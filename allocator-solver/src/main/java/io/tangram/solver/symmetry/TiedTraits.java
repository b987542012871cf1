package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Trait;
import io.tangram.solver.compile.UnitType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The traits that constraints tie devices by, and a code for each value. What counts of a value is
 * which devices of a node share it, so values that only one node has are numbered in the order of
 * the node's devices, and nodes that differ only in the names of their PCIe roots look alike.
 * Values that several nodes have, or that devices seen by several nodes have, keep a code of their
 * own.
 */
public final class TiedTraits {

  private static final int ON_SEVERAL_NODES = -1;

  private final ImmutableList<Trait> traits;
  private final BitSet listValued = new BitSet();
  private final List<Map<Element, Integer>> globalCodes = new ArrayList<>();
  private final List<Map<Element, Integer>> homes = new ArrayList<>();
  private final List<Map<Integer, Map<Element, Integer>>> localCodes = new ArrayList<>();

  private TiedTraits(ImmutableList<Trait> traits) {
    this.traits = traits;
    for (int i = 0; i < traits.size(); i++) {
      globalCodes.add(new HashMap<>());
      homes.add(new HashMap<>());
      localCodes.add(new HashMap<>());
    }
  }

  /** Returns no traits, so that all devices are alike in them. */
  public static TiedTraits none() {
    return new TiedTraits(ImmutableList.of());
  }

  /** Collects the traits of a part's constraints and their values on its dedicated devices. */
  public static TiedTraits of(CompiledProblem problem, Part part) {
    Set<Trait> traits = new LinkedHashSet<>();
    for (UnitType type : part.types()) {
      for (ClaimShape claim : type.claims()) {
        claim.constraints().forEach(tie -> traits.add(tie.trait()));
      }
    }
    TiedTraits tied = new TiedTraits(ImmutableList.copyOf(traits));
    if (!traits.isEmpty()) {
      part.dedicated().forEach(device -> tied.findHomes(problem, device));
    }
    return tied;
  }

  private void findHomes(CompiledProblem problem, int device) {
    DeviceTable devices = problem.devices();
    int[] nodes = devices.nodesOf(devices.site(device));
    int home = nodes.length == 1 ? nodes[0] : ON_SEVERAL_NODES;
    for (int i = 0; i < traits.size(); i++) {
      AttributeValue value = problem.value(device, traits.get(i));
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

  /** The number of a trait. */
  public int index(Trait trait) {
    return traits.indexOf(trait);
  }

  /** How many traits there are. */
  public int size() {
    return traits.size();
  }

  /**
   * Whether some device has a list of other than one element, or one that is not read: codes can't
   * express that.
   */
  public boolean isListValued(Trait trait) {
    return listValued.get(index(trait));
  }

  /** The codes of a device's values. */
  ImmutableList<Integer> codes(CompiledProblem problem, int device) {
    ImmutableList.Builder<Integer> codes = ImmutableList.builder();
    for (int i = 0; i < traits.size(); i++) {
      AttributeValue value = problem.value(device, traits.get(i));
      codes.add(
          value == null || value.elements().size() != 1 || isUnread(value)
              ? DeviceClass.NO_VALUE
              : code(i, value.elements().iterator().next()));
    }
    return codes.build();
  }

  /** Even codes are local to a node, odd ones global. */
  private int code(int trait, Element value) {
    int home = homes.get(trait).getOrDefault(value, ON_SEVERAL_NODES);
    if (home == ON_SEVERAL_NODES) {
      Map<Element, Integer> codes = globalCodes.get(trait);
      return codes.computeIfAbsent(value, v -> 2 * codes.size() + 1);
    }
    Map<Element, Integer> codes =
        localCodes.get(trait).computeIfAbsent(home, node -> new HashMap<>());
    return codes.computeIfAbsent(value, v -> 2 * codes.size());
  }
}
