package io.tangram.solver.search;

import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.model.Countability;
import io.tangram.solver.model.Demands;
import io.tangram.solver.model.DirectModel;
import io.tangram.solver.model.Options;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.model.PatternModel;
import io.tangram.solver.model.SharesModel;
import io.tangram.solver.plan.Bandwidth;
import io.tangram.solver.plan.PlacementValues;
import io.tangram.solver.symmetry.Candidates;
import io.tangram.solver.symmetry.Expectation;
import io.tangram.solver.symmetry.Measures;
import io.tangram.solver.symmetry.NodeFamilies;
import io.tangram.solver.symmetry.NodeKinds;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.ReadMeasures;
import io.tangram.solver.symmetry.ReadNodes;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.TiedTraits;
import java.util.BitSet;
import java.util.Optional;

/** Formulates parts of a problem: by counts over patterns where they are exact, else directly. */
final class Formulation {

  /** With no more nodes than these, telling them apart costs little. */
  private static final int FEW_NODES = 50;

  private final CompiledProblem problem;
  private final Measures all;
  private final Candidates candidates;
  private final ReadMeasures measures;
  private final ReadNodes nodes;
  private final PlacementValues values;
  private final AllocationOptions options;
  private final boolean keepsToEarlier;
  private final boolean readsLinks;

  /** Prepares to formulate parts of a problem under the objectives of the options. */
  Formulation(CompiledProblem problem, AllocationOptions options) {
    this.problem = problem;
    this.all = new Measures(problem);
    Expectation expectation = new Expectation(problem, all);
    this.candidates = new Candidates(problem, expectation);
    this.measures =
        new ReadMeasures(
            all,
            options.admission() == Admission.MOST_DEVICE_SHARE,
            options.objectives().contains(Objective.FIT),
            expectation);
    this.nodes = ReadNodes.of(problem, options);
    this.values = new PlacementValues(problem, options, all, expectation);
    this.options = options;
    this.keepsToEarlier = options.objectives().contains(Objective.STABILITY);
    this.readsLinks =
        options.objectives().contains(Objective.BANDWIDTH)
            && problem.units().types().stream().anyMatch(Bandwidth::mayCount);
  }

  /** The devices that pending claims may take. */
  Candidates candidates() {
    return candidates;
  }

  /** Whether an objective looks at nodes, which ties all parts of the problem together. */
  boolean readsNodes() {
    return nodes.areRead();
  }

  /** The measures of the problem's devices. */
  Measures measures() {
    return all;
  }

  /** Whether an objective tells devices apart that claims don't, so that counts don't say it. */
  private boolean namesDevices() {
    return keepsToEarlier || readsLinks;
  }

  /** What placements are worth. */
  PlacementValues values() {
    return values;
  }

  /**
   * A formulation and how many classes it tells apart.
   *
   * @param model the formulation; absent if it would be too large or take too long
   * @param deviceClasses the number of classes of devices, 0 where devices are not counted
   * @param componentClasses the number of classes of components, 0 likewise
   */
  record Formulated(Optional<PartModel> model, int deviceClasses, int componentClasses) {}

  /** Formulates a part. */
  Formulated of(Part part, Demands demands, Deadline deadline) {
    if (namesDevices() && DirectModel.isSmall(problem, part, demands)) {
      Optional<PartModel> direct = direct(part, demands, nodes.unread(), deadline);
      if (direct.isPresent()) {
        return new Formulated(direct, 0, 0);
      }
    }
    TiedTraits ties = TiedTraits.of(problem, part);
    if (Countability.holds(problem, candidates, part, ties)) {
      BitSet placed = Countability.placedLeaves(part);
      Optional<Supply> supply =
          Supply.of(problem, candidates, part, ties, measures, placed, deadline);
      if (supply.isPresent()) {
        Options ways = Options.exact(problem, part, supply.get(), ties, deadline);
        Optional<PartModel> counting =
            PatternModel.of(problem, supply.get(), demands, ways, nodes.unread());
        if (counting.isPresent()) {
          return new Formulated(
              counting, supply.get().classes().size(), supply.get().componentClasses());
        }
      }
    }
    return new Formulated(direct(part, demands, nodes.unread(), deadline), 0, 0);
  }

  /**
   * Formulates a part with its nodes taken as one, where there are many and that may do: units are
   * bound to nodes, each of which has devices and counters of its own, and the objectives can be
   * said without them. What comes of it is dealt to the nodes then ({@link PartModel#placements}).
   */
  Formulated pooled(Part part, Demands demands, Deadline deadline) {
    return pooled(part, demands, FEW_NODES, deadline);
  }

  /** The same where there are more nodes than this. */
  Formulated pooled(Part part, Demands demands, int fewNodes, Deadline deadline) {
    if (part.shared().size() > fewNodes && !demands.haveGangs() && !keepsToEarlier) {
      Optional<PartModel> shares = SharesModel.of(problem, candidates, part, demands, measures);
      if (shares.isPresent()) {
        return new Formulated(shares, 0, 0);
      }
    }
    boolean suits =
        part.nodes().cardinality() > fewNodes
            && !keepsToEarlier
            && demands.common().isEmpty()
            && part.types().stream().anyMatch(type -> !Countability.takesOneDevice(type))
            && canCount(part)
            && new NodeCut(problem, part).isClean();
    Optional<Supply> supply = suits ? byFamilies(part, deadline) : Optional.empty();
    return supply
        .flatMap(
            each ->
                PatternModel.of(
                        problem,
                        each,
                        demands,
                        Options.pooled(problem, part, each, deadline),
                        nodes.unread())
                    .map(
                        model ->
                            new Formulated(
                                Optional.of(model),
                                each.classes().size(),
                                each.componentClasses())))
        .orElse(new Formulated(Optional.empty(), 0, 0));
  }

  /** What nodes have, those of one family taken as one. */
  private Optional<Supply> byFamilies(Part part, Deadline deadline) {
    TiedTraits ties = TiedTraits.none();
    BitSet placed = new BitSet();
    return Supply.of(problem, candidates, part, ties, measures, placed, deadline)
        .flatMap(
            supply -> {
              NodeFamilies families = NodeFamilies.of(problem, supply);
              return families.shareClasses()
                  ? Supply.of(
                      problem,
                      candidates,
                      part,
                      ties,
                      measures,
                      placed,
                      Optional.of(families.kinds()),
                      deadline)
                  : Optional.of(supply.byNodeKinds(families.kinds()));
            });
  }

  /** In order, the first units of a demand are to be admitted, whoever had devices earlier. */
  private Optional<PartModel> direct(
      Part part, Demands demands, ReadNodes read, Deadline deadline) {
    boolean alike = !keepsToEarlier || options.admission() == Admission.IN_ORDER;
    return DirectModel.of(
        problem, candidates, part, measures, read, demands, values, alike, deadline);
  }

  /**
   * Formulates a part so that the model can say the objectives that look at nodes. It tells nodes
   * apart, or at least kinds of them, and so is larger than what {@link #of} gives.
   *
   * @return the formulation; absent if it would be too large or take too long
   */
  Optional<PartModel> byNode(Part part, Demands demands, Deadline deadline) {
    boolean byKind = !nodes.readsClaims() && Countability.needsNoNode(problem, part);
    return byNode(part, demands, byKind, deadline);
  }

  /** The same with each node told from all others. */
  Optional<PartModel> byEachNode(Part part, Demands demands, Deadline deadline) {
    return byNode(part, demands, false, deadline);
  }

  private Optional<PartModel> byNode(
      Part part, Demands demands, boolean byKind, Deadline deadline) {
    if (namesDevices() && DirectModel.isSmall(problem, part, demands)) {
      Optional<PartModel> direct = direct(part, demands, nodes, deadline);
      if (direct.isPresent()) {
        return direct;
      }
    }
    TiedTraits ties = TiedTraits.of(problem, part);
    if (Countability.holds(problem, candidates, part, ties)) {
      BitSet placed = Countability.allLeaves(part);
      Optional<Supply> supply =
          Supply.of(problem, candidates, part, ties, measures, placed, deadline)
              .map(
                  each ->
                      byKind
                          ? each.byNodeKinds(
                              NodeKinds.forSingleDevices(problem, part.types(), each, nodes))
                          : each);
      Optional<PartModel> counting =
          supply.flatMap(
              each ->
                  PatternModel.of(
                      problem,
                      each,
                      demands,
                      Options.byNode(problem, part, each, ties, deadline),
                      nodes));
      if (counting.isPresent()) {
        return counting;
      }
    }
    return direct(part, demands, nodes, deadline);
  }

  /** What objectives read of nodes. */
  ReadNodes nodes() {
    return nodes;
  }

  /**
   * Returns which nodes of a part could exchange their names in every plan.
   *
   * @return the kinds; nothing if devices are seen by several nodes, are told apart by an objective
   *     or can't be counted, or the deadline passed
   */
  Optional<NodeKinds> twins(Part part, Deadline deadline) {
    return contents(part, deadline)
        .map(supply -> NodeKinds.twins(problem, part.types(), supply, nodes));
  }

  /** The same as far as admission goes, which doesn't look at nodes. */
  Optional<NodeKinds> alike(Part part, Deadline deadline) {
    return contents(part, deadline).map(supply -> NodeKinds.alike(problem, part.types(), supply));
  }

  /** What is on each node of a part, if all plans can be told from that. */
  private Optional<Supply> contents(Part part, Deadline deadline) {
    if (namesDevices() || !canCount(part) || !new NodeCut(problem, part).isClean()) {
      return Optional.empty();
    }
    TiedTraits ties = TiedTraits.of(problem, part);
    BitSet placed = Countability.allLeaves(part);
    return Supply.of(problem, candidates, part, ties, measures, placed, deadline);
  }

  /** Whether the units of a part can be counted. */
  boolean canCount(Part part) {
    return Countability.holds(problem, candidates, part, TiedTraits.of(problem, part));
  }

  /**
   * Formulates what is left of a part when devices of a unit may be on any nodes, and resources of
   * all nodes are one: what is best for that is a bound on what is best for the part.
   *
   * @return the formulation; absent if the part can't be counted or the deadline passed
   */
  Optional<PartModel> relaxed(Part part, Demands demands, Deadline deadline) {
    return relaxed(part, demands, new BitSet(), nodes.unread(), deadline);
  }

  /** Formulates a part with its nodes taken as one, or relaxed where that doesn't suit. */
  Optional<PartModel> easier(Part part, Demands demands, Deadline deadline) {
    return pooled(part, demands, 0, deadline).model().or(() -> relaxed(part, demands, deadline));
  }

  /** The same with kinds of nodes, for objectives that look at these. */
  Optional<PartModel> relaxedByNode(Part part, Demands demands, Deadline deadline) {
    return relaxed(part, demands, Countability.allLeaves(part), nodes, deadline);
  }

  private Optional<PartModel> relaxed(
      Part part, Demands demands, BitSet placed, ReadNodes read, Deadline deadline) {
    if (!canCount(part)) {
      return Optional.empty();
    }
    TiedTraits ties = TiedTraits.none();
    return Supply.of(problem, candidates, part, ties, measures, placed, deadline)
        .map(
            supply ->
                read.areRead()
                    ? supply.byNodeKinds(NodeKinds.byContents(problem, supply, read))
                    : supply)
        .flatMap(
            supply ->
                PatternModel.of(
                    problem,
                    supply,
                    demands,
                    Options.relaxed(problem, part, supply, deadline),
                    read));
  }
}
