package io.tangram.solver.model;

import com.google.common.math.LongMath;
import com.google.common.primitives.ImmutableLongArray;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What units and nodes are worth to a plan that is made of known patterns of nodes: the dual of its
 * linear relaxation.
 *
 * <pre>
 * Sets        d  demands of the tier t and of higher ones i, N_d units of c_d claims each
 *             k  kinds of n_k nodes;  p  known patterns of kind k(p)
 * Parameters  u_pd  units that pattern p serves;  w_pi  claims of tier i that it serves
 *             G_i   claims of a higher tier that have to be admitted
 * Variables   price[d] >= 0  of a unit;  rent[k] >= 0  of a node;  wage[i] >= 0  of a claim of i
 *
 * (1)  rent[k(p)] + sum_d u_pd price[d] - sum_i w_pi wage[i] &gt;= w_pt    for each p
 *
 * Minimise    sum_d N_d price[d] + sum_k n_k rent[k] - sum_i G_i wage[i]
 * </pre>
 *
 * <p>All are whole numbers of {@link #PARTS} to a claim. Whatever the prices are, with the least
 * rents that satisfy (1) for all patterns there could be, known or not, this is a bound on the
 * claims of t: Lagrange's, of which the best is the linear relaxation's.
 */
public final class PatternPrices {

  /** Into how many parts the price of a claim is divided: so many that rounding is nothing. */
  public static final long PARTS = 1_000_000;

  private static final long MOST_WAGE = 16 * PARTS;

  /** Of rents in all, so that the solver can add them up. */
  private static final long MOST_COST = Long.MAX_VALUE / 4;

  private final List<Demand> demands;
  private final int tier;
  private final Map<Integer, Long> held;
  private final List<Integer> nodes;
  private final CpModelBuilder model = new CpModelBuilder("prices");
  private final List<IntVar> prices = new ArrayList<>();
  private final List<IntVar> rents = new ArrayList<>();
  private final Map<Integer, IntVar> wages = new TreeMap<>();

  /**
   * Prices.
   *
   * @param ofUnits the price of a unit of each demand, by the demand's number
   * @param wages by tier, the wage of a claim of it
   * @param rents the least rent of each kind that the known patterns allow
   * @param least no rents and prices for the known patterns come to less
   */
  public record Prices(
      ImmutableLongArray ofUnits, ImmutableLongArray rents, Map<Integer, Long> wages, long least) {}

  /**
   * Prepares prices without any pattern.
   *
   * @param held how many claims of higher tiers have to be admitted
   * @param nodes the number of nodes of each kind
   */
  public PatternPrices(
      List<Demand> demands, int tier, Map<Integer, Long> held, List<Integer> nodes) {
    this.demands = demands;
    this.tier = tier;
    this.held = held;
    this.nodes = nodes;
    long mostClaims = demands.stream().mapToLong(Demand::claims).max().orElse(1);
    long most = mostClaims * (PARTS + held.size() * MOST_WAGE);
    LinearExprBuilder cost = LinearExpr.newBuilder();
    for (Demand demand : demands) {
      IntVar price =
          model.newIntVar(0, isWanted(demand) ? most : 0, "price[" + demand.index() + "]");
      prices.add(price);
      cost.addTerm(price, demand.size());
    }
    long all = Math.max(1, nodes.stream().mapToLong(Integer::longValue).sum());
    long mostOnNode =
        Math.min(MOST_COST / all, demands.stream().mapToLong(Demand::size).sum() * most);
    for (int kind = 0; kind < nodes.size(); kind++) {
      IntVar rent = model.newIntVar(0, mostOnNode, "rent[" + kind + "]");
      rents.add(rent);
      cost.addTerm(rent, nodes.get(kind));
    }
    held.forEach(
        (higher, claims) -> {
          IntVar wage = model.newIntVar(0, MOST_WAGE, "wage[" + higher + "]");
          wages.put(higher, wage);
          cost.addTerm(wage, -claims);
        });
    model.minimize(cost);
  }

  /** Whether units of a demand count for the tier or a higher one. */
  private boolean isWanted(Demand demand) {
    return demand.priority() >= tier;
  }

  /** (1). */
  public void add(NodePattern pattern) {
    LinearExprBuilder paid = LinearExpr.newBuilder();
    paid.add(rents.get(pattern.kind()));
    for (Demand demand : demands) {
      paid.addTerm(prices.get(demand.index()), pattern.units().get(demand.index()));
    }
    wages.forEach((higher, wage) -> paid.addTerm(wage, -pattern.claims(demands, higher)));
    model.addGreaterOrEqual(paid, PARTS * pattern.claims(demands, tier));
  }

  /** The model; it grows with each pattern. */
  public CpModelBuilder model() {
    return model;
  }

  /** Reads a solution of the model. */
  public Prices read(CpOutcome outcome) {
    Map<Integer, Long> ofTiers = new TreeMap<>();
    wages.forEach((higher, wage) -> ofTiers.put(higher, outcome.value(wage)));
    return new Prices(
        ImmutableLongArray.copyOf(prices.stream().mapToLong(outcome::value)),
        ImmutableLongArray.copyOf(rents.stream().mapToLong(outcome::value)),
        ofTiers,
        outcome.bound().orElse(Long.MIN_VALUE));
  }

  /** What a unit adds to a pattern's worth at these prices. */
  public long worth(Demand demand, Prices at) {
    if (!isWanted(demand)) {
      return 0;
    }
    long claim = demand.priority() == tier ? PARTS : at.wages().getOrDefault(demand.priority(), 0L);
    return demand.claims() * claim - at.ofUnits().get(demand.index());
  }

  /**
   * The claims of the tier that there can be at most.
   *
   * @param rents of each kind what no pattern of it is worth more than at these prices
   */
  public long bound(Prices at, long[] rents) {
    long sum = 0;
    for (Demand demand : demands) {
      sum += at.ofUnits().get(demand.index()) * demand.size();
    }
    for (int kind = 0; kind < rents.length; kind++) {
      long rent = LongMath.saturatedMultiply(Math.max(0, rents[kind]), nodes.get(kind));
      sum = LongMath.saturatedAdd(sum, rent);
    }
    for (Map.Entry<Integer, Long> wage : at.wages().entrySet()) {
      sum -= wage.getValue() * held.getOrDefault(wage.getKey(), 0L);
    }
    return Math.floorDiv(sum, PARTS);
  }
}
