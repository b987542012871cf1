package io.tangram.solver.model;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.symmetry.ComponentGroup;
import io.tangram.solver.symmetry.PooledNodes;
import io.tangram.solver.symmetry.PooledNodes.Want;
import io.tangram.solver.symmetry.Rests;
import io.tangram.solver.symmetry.Rests.LeftOver;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The constraints of {@link PatternModel} on what is left over on the nodes where all are taken as
 * one: (11) to (14).
 */
final class PatternRests {

  private final CpModelBuilder model;
  private final Supply supply;
  private final List<PatternModel.ServedOption> served;
  private final Map<ComponentGroup, List<IntVar>> patternsUsed;
  private final List<Mended> mended = new ArrayList<>();

  /** A variable: by how much a group lessens what is left over on some nodes. */
  private record Mended(Rests rests, LeftOver on, ComponentGroup by, IntVar devices) {}

  PatternRests(
      CpModelBuilder model,
      Supply supply,
      PooledNodes pooled,
      List<PatternModel.ServedOption> served,
      Map<ComponentGroup, List<IntVar>> patternsUsed) {
    this.model = model;
    this.supply = supply;
    this.served = served;
    this.patternsUsed = patternsUsed;
    wants().forEach((want, isAll) -> addRests(want, pooled.rests(want), isAll));
  }

  /** The sets C for each q, and whether they are all places of an r. */
  private Map<Want, Boolean> wants() {
    Map<Want, Boolean> wants = new LinkedHashMap<>();
    for (PatternModel.ServedOption each : served) {
      for (Option.Leg leg : each.option().legs()) {
        if (leg.count() > 1) {
          Set<Place> all = ImmutableSet.copyOf(leg.places());
          for (Set<Place> some : subsets(all)) {
            wants.merge(new Want(leg.count(), some), some.equals(all), Boolean::logicalOr);
          }
        }
      }
    }
    return wants;
  }

  /** All, all but one, or one. */
  private static Set<Set<Place>> subsets(Set<Place> places) {
    Set<Set<Place>> subsets = new LinkedHashSet<>();
    subsets.add(places);
    for (Place place : places) {
      subsets.add(ImmutableSet.of(place));
      subsets.add(Sets.difference(places, ImmutableSet.of(place)).immutableCopy());
    }
    subsets.remove(ImmutableSet.of());
    return subsets;
  }

  /** (11), or (12) in its place where that says more and C is all places of an r. */
  private void addRests(Want want, Rests rests, boolean isAll) {
    long rest = rests.leftOver().stream().mapToLong(LeftOver::devices).sum();
    if (rest > 0) {
      LinearExprBuilder usable = supplied(want, rests).add(-rest);
      usable.add(isAll && !rests.areMendedAlike() ? addMended(rests) : mendable(rests));
      model.addLessOrEqual(takenTogether(want), usable);
    }
  }

  /** mended[g,k], (13) and (14). */
  private LinearExprBuilder addMended(Rests rests) {
    LinearExprBuilder all = LinearExpr.newBuilder();
    Map<ComponentGroup, LinearExprBuilder> byGroup = new LinkedHashMap<>();
    for (LeftOver on : rests.leftOver()) {
      LinearExprBuilder here = LinearExpr.newBuilder();
      for (ComponentGroup group : on.menders()) {
        IntVar devices = model.newIntVar(0, on.devices(), "mended[" + mended.size() + "]");
        mended.add(new Mended(rests, on, group, devices));
        here.add(devices);
        byGroup.computeIfAbsent(group, g -> LinearExpr.newBuilder()).add(devices);
      }
      if (on.menders().size() > 1) {
        model.addLessOrEqual(here, on.devices());
      }
      all.add(here);
    }
    byGroup.forEach((group, devices) -> model.addLessOrEqual(devices, mendable(rests, group)));
    return all;
  }

  private LinearExprBuilder mendable(Rests rests) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    patternsUsed.keySet().forEach(group -> sum.add(mendable(rests, group)));
    return sum;
  }

  private LinearExprBuilder mendable(Rests rests, ComponentGroup group) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    List<IntVar> used = patternsUsed.getOrDefault(group, List.of());
    for (int p = 0; p < used.size(); p++) {
      sum.addTerm(used.get(p), rests.mended(group, p));
    }
    return sum;
  }

  private LinearExprBuilder supplied(Want want, Rests rests) {
    LinearExprBuilder supplied = LinearExpr.newBuilder();
    supply
        .lone()
        .forEach(
            (place, devices) -> supplied.add(want.places().contains(place) ? devices.size() : 0));
    patternsUsed.forEach(
        (group, used) -> {
          for (int p = 0; p < used.size(); p++) {
            supplied.addTerm(used.get(p), rests.devices(group, p));
          }
        });
    return supplied;
  }

  private LinearExprBuilder takenTogether(Want want) {
    LinearExprBuilder taken = LinearExpr.newBuilder();
    for (PatternModel.ServedOption each : served) {
      for (int leg = 0; leg < each.takes().size(); leg++) {
        Option.Leg asked = each.option().legs().get(leg);
        if (asked.count() == want.count() && !Collections.disjoint(asked.places(), want.places())) {
          for (PatternModel.Take take : each.takes().get(leg)) {
            long weight = want.places().contains(take.place()) ? 1 : 1 - want.count();
            taken.addTerm(take.variable(), weight * take.factor());
          }
        }
      }
    }
    return taken;
  }

  /** Has components supply less just on the nodes where that is of use, as a solution says. */
  void mend(NodeDealing dealing, CpOutcome solution) {
    Map<LeftOver, Map<Integer, Long>> left = new LinkedHashMap<>();
    for (Mended each : mended) {
      Map<Integer, Long> byNode =
          left.computeIfAbsent(each.on(), on -> new LinkedHashMap<>(on.byNode()));
      long devices = solution.value(each.devices());
      for (Map.Entry<Integer, Long> rest : byNode.entrySet()) {
        long most = Math.min(devices, rest.getValue());
        long fewer =
            dealing.layOut(
                rest.getKey(),
                each.by(),
                pattern -> {
                  int mends = each.rests().mended(each.by(), pattern);
                  return mends <= most ? mends : 0;
                });
        devices -= fewer;
        rest.setValue(rest.getValue() - fewer);
      }
    }
  }
}
