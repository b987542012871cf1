package io.tangram.solver.plan;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Gang;
import io.tangram.solver.compile.Unit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells of groups of workloads of which a plan places nobody, since it could not place enough. */
public final class UnplacedGangs {

  private final Multiset<Gang> members = HashMultiset.create();
  private final Set<Gang> placed = new HashSet<>();

  /** Looks at the units of a problem and at those that are placed. */
  public UnplacedGangs(CompiledProblem problem, List<Placement> placements) {
    problem.units().queue().forEach(unit -> unit.type().gang().ifPresent(members::add));
    placements.forEach(each -> each.unit().type().gang().ifPresent(placed::add));
  }

  /** Why a unit stays out that would fit alone, if that is because of its group. */
  public Optional<Reason> reason(Unit unit) {
    return unit.type()
        .gang()
        .filter(gang -> !placed.contains(gang))
        .map(gang -> new Reason.GroupUnplaced(gang.id(), gang.minMembers(), members.count(gang)));
  }
}
