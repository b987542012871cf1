package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import io.tangram.api.AllocationProblem;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.LinkRequirement;
import io.tangram.api.device.Node;
import io.tangram.api.topology.DeviceLinks;
import io.tangram.api.topology.LinkGraph;
import io.tangram.solver.limit.Deadline;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * For each requirement of a claim the largest sets of devices of which each two are joined as
 * required, numbered from 0, and as the value of a device the list of those that it is in. Some
 * devices are joined as required if and only if one of these sets has them all; so what a claim
 * requires of links is a match in that value. Where links divide the devices of a node into sets,
 * as switches and bridges do, each device has one value, and devices can be counted.
 *
 * <p>Only devices that a request matches which asks for links have a value. One that is joined to
 * nothing is a set by itself.
 */
public final class LinkedSets {

  private final ImmutableMap<LinkRequirement, AttributeValue[]> values;
  private final ImmutableList<String> crowded;

  private LinkedSets(
      ImmutableMap<LinkRequirement, AttributeValue[]> values, ImmutableList<String> crowded) {
    this.values = values;
    this.crowded = crowded;
  }

  /** Finds the sets that units of these types ask for. */
  static LinkedSets of(
      AllocationProblem problem,
      DeviceTable devices,
      Matching matching,
      List<UnitType> types,
      Deadline deadline) {
    ListMultimap<LinkRequirement, Leaf> asking =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    for (UnitType type : types) {
      type.claims().forEach(claim -> collect(claim, asking));
    }
    ImmutableMap.Builder<LinkRequirement, AttributeValue[]> values = ImmutableMap.builder();
    Set<String> crowded = new LinkedHashSet<>();
    for (LinkRequirement requirement : asking.keySet()) {
      Set<Leaf> leaves = new LinkedHashSet<>(asking.get(requirement));
      Search search = new Search(problem, devices, requirement, crowded);
      for (int node = 0; node < problem.nodes().size(); node++) {
        deadline.requireTime();
        search.lookAt(
            node,
            device ->
                leaves.stream()
                    .anyMatch(leaf -> matching.verdict(leaf, device) == Matching.Verdict.MATCH));
      }
      values.put(requirement, search.values);
    }
    return new LinkedSets(values.buildOrThrow(), ImmutableList.copyOf(crowded));
  }

  private static void collect(ClaimShape claim, ListMultimap<LinkRequirement, Leaf> asking) {
    for (ClaimShape.Tie tie : claim.constraints()) {
      if (tie.trait() instanceof Trait.Links links) {
        for (int request = 0; request < claim.requests().size(); request++) {
          List<Leaf> leaves = claim.requests().get(request).leaves();
          for (int alternative = 0; alternative < leaves.size(); alternative++) {
            if (tie.covers(request, alternative)) {
              asking.put(links.requirement(), leaves.get(alternative));
            }
          }
        }
      }
    }
  }

  /** The numbers of the sets that a device is in; null if no request asks for its links. */
  @Nullable AttributeValue value(int device, Trait.Links links) {
    AttributeValue[] known = values.get(links.requirement());
    return known == null ? null : known[device];
  }

  /** The nodes on which there are too many sets, so that no two devices count as joined. */
  public ImmutableList<String> crowded() {
    return crowded;
  }

  /** Returns how many of some devices are in one set, at most. */
  public int largest(LinkRequirement requirement, IntPredicate devices) {
    Map<Element, Integer> sizes = new HashMap<>();
    int largest = 0;
    AttributeValue[] known = values.getOrDefault(requirement, new AttributeValue[0]);
    for (int device = 0; device < known.length; device++) {
      if (known[device] != null && devices.test(device)) {
        for (Element set : known[device].elements()) {
          largest = Math.max(largest, sizes.merge(set, 1, Integer::sum));
        }
      }
    }
    return largest;
  }

  /** The search for the sets of one requirement, node by node. */
  private static final class Search {
    private final AllocationProblem problem;
    private final DeviceTable devices;
    private final LinkRequirement requirement;
    private final Set<String> crowded;
    private final AttributeValue[] values;
    private long sets;

    Search(
        AllocationProblem problem,
        DeviceTable devices,
        LinkRequirement requirement,
        Set<String> crowded) {
      this.problem = problem;
      this.devices = devices;
      this.requirement = requirement;
      this.crowded = crowded;
      this.values = new AttributeValue[devices.size()];
    }

    void lookAt(int node, IntPredicate wanted) {
      Map<DeviceId, Integer> numbers = new LinkedHashMap<>();
      Map<DeviceId, Device> own = new LinkedHashMap<>();
      Node place = problem.nodes().get(node);
      for (int device : devices.onNode(node)) {
        if (values[device] == null && wanted.test(device)) {
          if (LinkRates.isPublishedFor(devices, device, place)) {
            numbers.put(devices.id(device), device);
            own.put(devices.id(device), devices.device(device));
          } else {
            values[device] = new AttributeValue.IntValue(sets++);
          }
        }
      }
      if (!numbers.isEmpty()) {
        LinkGraph<DeviceId> given = problem.links().get(place.name());
        add(place, numbers, given == null ? DeviceLinks.among(place, own) : given);
      }
    }

    private void add(Node node, Map<DeviceId, Integer> numbers, LinkGraph<DeviceId> graph) {
      List<DeviceId> ids = List.copyOf(numbers.keySet());
      List<BitSet> joined = new ArrayList<>();
      for (int one = 0; one < ids.size(); one++) {
        joined.add(new BitSet());
        for (int other = 0; other < one; other++) {
          if (isJoined(graph, ids.get(one), ids.get(other))) {
            joined.get(one).set(other);
            joined.get(other).set(one);
          }
        }
      }
      MaximalSets maximal = MaximalSets.of(joined);
      if (!maximal.areAll()) {
        crowded.add(node.name());
      }
      List<List<Long>> setsOf = new ArrayList<>();
      ids.forEach(id -> setsOf.add(new ArrayList<>(1)));
      for (BitSet set : maximal.sets()) {
        long number = sets++;
        set.stream().forEach(member -> setsOf.get(member).add(number));
      }
      Map<List<Long>, AttributeValue> known = new HashMap<>();
      for (int i = 0; i < ids.size(); i++) {
        values[numbers.getOrDefault(ids.get(i), 0)] =
            known.computeIfAbsent(
                setsOf.get(i), some -> new AttributeValue.IntList(ImmutableList.copyOf(some)));
      }
    }

    private boolean isJoined(LinkGraph<DeviceId> graph, DeviceId one, DeviceId other) {
      Set<DeviceId> there = graph.asGraph().nodes();
      return there.contains(one)
          && there.contains(other)
          && graph.meets(requirement, ImmutableList.of(one, other));
    }
  }
}
