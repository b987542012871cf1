package io.tangram.solver.model;

import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.solver.cpsat.CpModelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What every formulation of a part has: the number of units admitted of each demand, and what that
 * is worth in each tier.
 *
 * <pre>
 * Sets        d  demands: units of one type and priority, N_d of them, of k_d claims each
 *             c  common claims, of tier t where counts[c,t] ({@link CommonTiers})
 * Variables   a[d]  in 0..N_d  units admitted
 *
 * Objectives  claims(t)  sum_(d of tier t) k_d a[d] + sum_c counts[c,t]
 *             share(t)   the share given to demands of tier t, and to c where counts[c,t]
 * </pre>
 *
 * <p>Which devices a unit can be given, and so what may be admitted, is for the formulation to say.
 * {@link GangRows} ties the members of groups together.
 */
abstract class AdmissionModel implements PartModel {

  private final String strategy;
  private final Demands demands;
  private final List<IntVar> admitted = new ArrayList<>();
  private Optional<CommonTiers> tiers = Optional.empty();

  /** The model under construction. */
  final CpModelBuilder model;

  AdmissionModel(String strategy, Demands demands) {
    this.strategy = strategy;
    this.demands = demands;
    this.model = new CpModelBuilder(strategy);
  }

  /** Adds a[d] of the next demand, in the order of {@link Demands#all}. */
  final IntVar addAdmitted(Demand demand) {
    IntVar units = model.newIntVar(0, demand.size(), "a[" + demand.index() + "]");
    admitted.add(units);
    return units;
  }

  /** Adds the tiers of common claims, once all demands are added. */
  final void addTiers() {
    tiers = Optional.of(new CommonTiers(model, demands, this::admitted));
  }

  /** The share of the devices given to some demands, in millionths. */
  abstract LinearExpr shareOf(Predicate<Demand> which);

  @Override
  public final LinearExpr claims(int priority) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    for (Demand demand : demands.units()) {
      if (demand.priority() == priority) {
        sum.addTerm(admitted(demand), demand.claims());
      }
    }
    tiers.ifPresent(each -> each.addClaims(priority, sum));
    return sum.build();
  }

  @Override
  public final LinearExpr share(int priority) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    sum.add(shareOf(demand -> demand.priority() == priority && !demand.type().isCommon()));
    tiers.ifPresent(
        each -> each.addShares(priority, common -> shareOf(common.claim()::equals), sum));
    return sum.build();
  }

  @Override
  public final String strategy() {
    return strategy;
  }

  @Override
  public final CpModelBuilder model() {
    return model;
  }

  @Override
  public final Demands demands() {
    return demands;
  }

  @Override
  public final IntVar admitted(Demand demand) {
    return admitted.get(demand.index());
  }
}
