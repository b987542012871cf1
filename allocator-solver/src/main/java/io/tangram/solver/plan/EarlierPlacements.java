package io.tangram.solver.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DeviceId;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an earlier plan gave, as placements of today's units: where a search may start. Whether they
 * are still legal is for the search to find out.
 */
public final class EarlierPlacements {

  private final CompiledProblem compiled;
  private final Map<ClaimId, Allocation> allocations;
  private final Map<DeviceId, IntList> numbers = new HashMap<>();

  /** Prepares to look for what was given. */
  public EarlierPlacements(CompiledProblem compiled, Map<ClaimId, Allocation> allocations) {
    this.compiled = compiled;
    this.allocations = allocations;
    Set<DeviceId> given = new HashSet<>();
    allocations
        .values()
        .forEach(each -> each.devices().forEach(device -> given.add(device.device())));
    DeviceTable devices = compiled.devices();
    for (int device = 0; device < devices.size() && !given.isEmpty(); device++) {
      if (devices.isSeen(device) && given.contains(devices.id(device))) {
        numbers.computeIfAbsent(devices.id(device), id -> new IntList()).add(device);
      }
    }
  }

  /** Returns the placements of those units all of whose claims had devices that one node sees. */
  public List<Placement> of(Iterable<Unit> units) {
    List<Placement> placements = new ArrayList<>();
    if (!allocations.isEmpty()) {
      units.forEach(unit -> placement(unit).ifPresent(placements::add));
    }
    return placements;
  }

  private Optional<Placement> placement(Unit unit) {
    List<ImmutableList<Placement.Choice>> claims = new ArrayList<>();
    Set<Integer> nodes = null;
    for (Claim claim : unit.claims()) {
      Allocation allocation = allocations.get(claim.id());
      if (allocation == null) {
        return Optional.empty();
      }
      ImmutableList.Builder<Placement.Choice> choices = ImmutableList.builder();
      for (Request request : claim.requests()) {
        Optional<Placement.Choice> choice = choice(request, allocation);
        if (choice.isEmpty() && claim.extendedResources().containsKey(request.name())) {
          choice = Optional.of(Placement.Choice.NOTHING);
        }
        if (choice.isEmpty()) {
          return Optional.empty();
        }
        choices.add(choice.get());
        for (int device : choice.get().devices().asList()) {
          Set<Integer> seeing = new HashSet<>();
          for (int node : compiled.devices().nodesOf(compiled.devices().site(device))) {
            seeing.add(node);
          }
          if (nodes == null) {
            nodes = seeing;
          } else {
            nodes.retainAll(seeing);
          }
        }
      }
      claims.add(choices.build());
    }
    return nodes == null
        ? Optional.empty()
        : nodes.stream()
            .filter(node -> asksForThese(unit, claims, node))
            .min(Comparator.naturalOrder())
            .map(node -> new Placement(unit, node, inOfferedOrder(node, claims)));
  }

  /** Whether it is just the requests with devices that need some on the node (R216). */
  private static boolean asksForThese(
      Unit unit, List<ImmutableList<Placement.Choice>> claims, int node) {
    List<Boolean> given =
        claims.stream()
            .flatMap(choices -> choices.stream())
            .map(choice -> !choice.devices().isEmpty())
            .toList();
    return given.equals(unit.type().asking(node));
  }

  private ImmutableList<ImmutableList<Placement.Choice>> inOfferedOrder(
      int node, List<ImmutableList<Placement.Choice>> claims) {
    return claims.stream()
        .map(
            choices ->
                choices.stream()
                    .map(
                        choice ->
                            new Placement.Choice(
                                choice.alternative(),
                                ImmutableIntArray.copyOf(
                                    compiled.inOfferedOrder(node, choice.devices().toArray()))))
                    .collect(ImmutableList.toImmutableList()))
        .collect(ImmutableList.toImmutableList());
  }

  private Optional<Placement.Choice> choice(Request request, Allocation allocation) {
    for (int i = 0; i < request.alternatives().size(); i++) {
      DeviceRequest alternative = request.alternatives().get(i);
      String name = request.resultName(alternative);
      IntList devices = new IntList();
      for (DeviceAllocation result : allocation.devices()) {
        IntList known = numbers.get(result.device());
        if (result.request().equals(name) && known != null) {
          devices.add(known.get(0));
        } else if (result.request().equals(name)) {
          return Optional.empty();
        }
      }
      if (devices.size() > 0) {
        return Optional.of(new Placement.Choice(i, ImmutableIntArray.copyOf(devices.toArray())));
      }
    }
    return Optional.empty();
  }
}
