package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.claim.Request;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes the result of a claim whose devices are chosen: section 11 of the rules, word for word. It
 * does not ask whether the choice is legal.
 */
public final class ResultBuilder {

  private final ImmutableMap<String, DeviceClass> classes;
  private final Supplier<UUID> shareIds;

  /**
   * Makes a builder for one problem.
   *
   * @param problem where the device classes are
   * @param shareIds gives every share of a shared device its identity (R136)
   */
  public ResultBuilder(AllocationProblem problem, Supplier<UUID> shareIds) {
    this.classes =
        problem.deviceClasses().stream()
            .collect(ImmutableMap.toImmutableMap(DeviceClass::name, each -> each));
    this.shareIds = shareIds;
  }

  /**
   * Returns the result.
   *
   * @param pending the claim
   * @param node the node the choice was made for
   * @param chosen the devices, in request order, inside a request in the order of offer (R171)
   */
  public Allocation result(Claim pending, String node, List<ChosenDevice> chosen) {
    Claim claim = asAnswered(pending, chosen);
    return Allocation.builder()
        .claim(claim.id())
        .node(node)
        .devices(chosen.stream().map(this::device).toList())
        .configs(configs(claim, chosen))
        .nodeSelector(nodeSelector(node, chosen))
        .build();
  }

  /** Returns the claim without requests that its node serves, which get no devices (R216). */
  private static Claim asAnswered(Claim claim, List<ChosenDevice> chosen) {
    Set<String> answered =
        chosen.stream().map(each -> each.request().name()).collect(Collectors.toSet());
    return claim.extendedResources().isEmpty()
        ? claim
        : Claim.builder()
            .from(claim)
            .requests(
                claim.requests().stream()
                    .filter(request -> answered.contains(request.name()))
                    .toList())
            .extendedResources(Maps.filterKeys(claim.extendedResources(), answered::contains))
            .build();
  }

  private DeviceAllocation device(ChosenDevice chosen) {
    PublishedDevice device = chosen.device();
    return DeviceAllocation.builder()
        .request(chosen.resultName())
        .device(device.id())
        .adminAccess(chosen.alternative().adminAccess())
        .tolerations(chosen.alternative().tolerations())
        .bindingConditions(device.device().bindingConditions())
        .bindingFailureConditions(device.device().bindingFailureConditions())
        .skipNodeOperations(device.skipNodeOperations())
        .compatibilityGroups(compatibilityGroups(device.device()))
        .shareId(device.isShared() ? Optional.of(shareIds.get()) : Optional.empty())
        .consumedCapacity(
            device.isShared()
                ? CapacityRules.amounts(chosen.alternative(), device.device())
                    .orElse(ImmutableMap.of())
                : ImmutableMap.of())
        .build();
  }

  /** R123. */
  private static ImmutableMap<String, ImmutableSet<String>> compatibilityGroups(Device device) {
    return device.consumesCounters().stream()
        .filter(consumption -> !consumption.compatibilityGroups().isEmpty())
        .collect(
            ImmutableMap.toImmutableMap(
                CounterConsumption::counterSet, CounterConsumption::compatibilityGroups));
  }

  /** R175 to R177. */
  private ImmutableList<AllocatedConfig> configs(Claim claim, List<ChosenDevice> chosen) {
    Map<String, DeviceRequest> leaves = new LinkedHashMap<>();
    chosen.forEach(each -> leaves.put(each.resultName(), each.alternative()));
    List<AllocatedConfig> configs = new ArrayList<>(classConfigs(leaves));
    for (ClaimConfig config : claim.configs()) {
      if (applies(config, claim, leaves.keySet())) {
        configs.add(
            new AllocatedConfig(
                AllocatedConfig.Source.FROM_CLAIM, config.requests(), config.opaque()));
      }
    }
    return configs.stream()
        .map(config -> coversAll(config, claim, leaves.keySet()) ? forAll(config) : config)
        .collect(ImmutableList.toImmutableList());
  }

  private List<AllocatedConfig> classConfigs(Map<String, DeviceRequest> leaves) {
    Map<String, List<String>> requestsByClass = new LinkedHashMap<>();
    leaves.forEach(
        (name, leaf) ->
            requestsByClass.computeIfAbsent(leaf.deviceClass(), c -> new ArrayList<>()).add(name));
    List<AllocatedConfig> configs = new ArrayList<>();
    requestsByClass.forEach(
        (className, requests) -> {
          for (OpaqueConfig opaque : classes.get(className).configs()) {
            configs.add(
                new AllocatedConfig(
                    AllocatedConfig.Source.FROM_CLASS, ImmutableList.copyOf(requests), opaque));
          }
        });
    return configs;
  }

  private static boolean applies(ClaimConfig config, Claim claim, Set<String> chosenNames) {
    return config.requests().isEmpty()
        || claim.requests().stream().anyMatch(r -> config.requests().contains(r.name()))
        || config.requests().stream().anyMatch(chosenNames::contains);
  }

  private static boolean coversAll(AllocatedConfig config, Claim claim, Set<String> chosenNames) {
    Set<String> covered = new HashSet<>();
    for (Request request : claim.requests()) {
      boolean bySubrequest =
          chosenNames.stream()
              .filter(name -> name.startsWith(request.name() + "/"))
              .anyMatch(config.requests()::contains);
      if (bySubrequest || config.requests().contains(request.name())) {
        covered.add(request.name());
      }
    }
    return !config.requests().isEmpty() && covered.size() == claim.requests().size();
  }

  private static AllocatedConfig forAll(AllocatedConfig config) {
    return new AllocatedConfig(config.source(), ImmutableList.of(), config.opaque());
  }

  /** Returns the nodes on which the claim can be used, any where absent (R181 to R184). */
  static Optional<NodeSelector> nodeSelector(String node, List<ChosenDevice> chosen) {
    List<NodeSelector.Requirement> expressions = new ArrayList<>();
    List<NodeSelector.Requirement> fields = new ArrayList<>();
    for (ChosenDevice each : chosen) {
      NodeSelection nodes = each.device().nodes();
      if (nodes instanceof NodeSelection.OneNode || each.device().device().bindsToNode()) {
        return Optional.of(NodeSelector.ofNode(node));
      }
      if (nodes instanceof NodeSelection.Matching matching) {
        for (NodeSelector.Term term : matching.selector().terms()) {
          term.matchExpressions().forEach(requirement -> addNew(expressions, requirement));
          term.matchFields().forEach(requirement -> addNew(fields, requirement));
        }
      }
    }
    return expressions.isEmpty() && fields.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NodeSelector(
                ImmutableList.of(
                    new NodeSelector.Term(
                        ImmutableList.copyOf(expressions), ImmutableList.copyOf(fields)))));
  }

  private static void addNew(
      List<NodeSelector.Requirement> requirements, NodeSelector.Requirement requirement) {
    if (requirements.stream().noneMatch(requirement::sameAs)) {
      requirements.add(requirement);
    }
  }
}
