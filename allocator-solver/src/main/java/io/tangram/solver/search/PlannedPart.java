package io.tangram.solver.search;

import io.tangram.solver.compile.Unit;
import io.tangram.solver.model.Demands;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.symmetry.Part;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A part of the problem with its formulation.
 *
 * @param part the part
 * @param demands what is to be admitted
 * @param foreseen the best for it, where that is known without a formulation
 * @param pool the part with all its nodes taken as one, where that is to be tried first
 * @param exact gives the formulation, made when it is first asked for; absent if it would be too
 *     large to build
 */
public record PlannedPart(
    Part part,
    Demands demands,
    Optional<PartSolution> foreseen,
    Optional<PartModel> pool,
    Supplier<Optional<PartModel>> exact) {

  /** What a part is called that only first-fit looks at. */
  public static final String GREEDY = "greedy";

  private static final int EASY_VARIABLES = 2_000;
  private static final int MANY_VARIABLES = 20_000;

  /** Returns a part of which the best is known. */
  static PlannedPart foreseen(Part part, Demands demands, PartSolution best) {
    return new PlannedPart(part, demands, Optional.of(best), Optional.empty(), Optional::empty);
  }

  /** The formulation; absent if it would be too large to build. */
  public Optional<PartModel> model() {
    return exact.get();
  }

  /** Whether a short search may well come to no end. */
  boolean isHard() {
    return pool.isPresent() || variables() > EASY_VARIABLES || model().isEmpty();
  }

  /** Whether there is no hope that a short search comes to an end. */
  boolean isLarge() {
    return model().filter(PlannedPart::isLarge).isPresent();
  }

  static boolean isLarge(PartModel model) {
    return model.model().variables() > MANY_VARIABLES;
  }

  /** The name of the formulation that is tried first. */
  public String strategy() {
    if (foreseen.isPresent()) {
      return Foresight.NAME;
    }
    return pool.or(this::model).map(PartModel::strategy).orElse(GREEDY);
  }

  /** How many variables that formulation has. */
  public int variables() {
    return pool.or(this::model).map(each -> each.model().variables()).orElse(0);
  }

  /** How many constraints that formulation has. */
  public int constraints() {
    return pool.or(this::model).map(each -> each.model().constraints()).orElse(0);
  }

  /** The units of the part, common claims included. */
  Set<Unit> units() {
    return demands.allUnits().collect(Collectors.toSet());
  }
}
