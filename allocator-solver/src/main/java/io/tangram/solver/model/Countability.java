package io.tangram.solver.model;

import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Trait;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.symmetry.Candidates;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.TiedTraits;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which units {@link PatternModel} can count, and which of these have to be on one node. */
public final class Countability {

  /** How many ways to choose alternatives a unit may have. */
  private static final int MAX_WAYS = 64;

  private Countability() {}

  /**
   * Returns whether counts describe the part's units exactly: dedicated devices in exact numbers,
   * constraints on single values, few ways.
   */
  public static boolean holds(
      CompiledProblem problem, Candidates candidates, Part part, TiedTraits ties) {
    return part.shared().isEmpty()
        && part.bystanders().stream().noneMatch(problem.devices()::isShared)
        && part.types().stream().allMatch(type -> isCountable(type, ties))
        && commonClaimsStay(problem, candidates, part);
  }

  /** Whether a common claim can only be used on the node on which it is placed. */
  private static boolean commonClaimsStay(
      CompiledProblem problem, Candidates candidates, Part part) {
    BitSet leaves = new BitSet();
    for (UnitType type : part.types()) {
      if (type.isCommon()) {
        leaves(type).forEach(leaf -> leaves.set(leaf.index()));
        if (leaves(type).isEmpty()) {
          return false;
        }
      }
    }
    return part.dedicated().stream()
        .filter(device -> candidates.admittedBy(device).intersects(leaves))
        .allMatch(device -> problem.devices().nodesOf(problem.devices().site(device)).length == 1);
  }

  private static boolean isCountable(UnitType type, TiedTraits ties) {
    if (type.isLoading()
        || Ways.count(type) > MAX_WAYS
        || leaves(type).stream().anyMatch(Countability::isOdd)) {
      return false;
    }
    for (ClaimShape claim : type.claims()) {
      if (claim.constraints().stream()
          .anyMatch(tie -> ties.isListValued(tie.trait()) || isDerived(tie.trait(), claim))) {
        return false;
      }
    }
    return Ways.of(type).stream().allMatch(way -> hasCountableTies(type, way));
  }

  /** Values that requests derive are no matter of the devices alone, by which they are counted. */
  private static boolean isDerived(Trait trait, ClaimShape claim) {
    return trait instanceof Trait.Attribute attribute
        && claim.requests().stream()
            .flatMap(line -> line.leaves().stream())
            .anyMatch(leaf -> leaf.request().derivedAttributes().containsKey(attribute.name()));
  }

  private static boolean isOdd(Leaf leaf) {
    return leaf.isAll() || leaf.request().adminAccess();
  }

  /**
   * A distinct attribute over several requests couples what they take; two distinct attributes on
   * one request can't both be met by dealing in turn.
   */
  private static boolean hasCountableTies(UnitType type, Ways.Way way) {
    for (int claim = 0; claim < type.claims().size(); claim++) {
      Set<Ways.Pick> spread = new HashSet<>();
      for (ClaimShape.Tie tie : type.claims().get(claim).constraints()) {
        if (tie.kind() == ClaimShape.Tie.Kind.DISTINCT) {
          List<Ways.Pick> covered = way.coveredBy(claim, tie);
          boolean again = !covered.isEmpty() && !spread.addAll(covered);
          if (covered.size() > 1 || again) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** The numbers of the leaf requests whose devices have to be on one node with others. */
  public static BitSet placedLeaves(Part part) {
    BitSet placed = new BitSet();
    for (UnitType type : part.types()) {
      if (!takesOneDevice(type)) {
        leaves(type).forEach(leaf -> placed.set(leaf.index()));
      }
    }
    return placed;
  }

  /** The numbers of all leaf requests, for objectives to which the node of every device matters. */
  public static BitSet allLeaves(Part part) {
    BitSet all = new BitSet();
    part.types().forEach(type -> leaves(type).forEach(leaf -> all.set(leaf.index())));
    return all;
  }

  /**
   * Whether each unit takes at most one device and only who lets it in tells nodes apart, so that
   * devices can be dealt to the nodes of a {@linkplain io.tangram.solver.symmetry.NodeKinds kind}
   * as one likes.
   */
  public static boolean needsNoNode(CompiledProblem problem, Part part) {
    return part.types().stream().allMatch(Countability::takesAtMostOneDevice)
        && part.dedicated().stream()
            .allMatch(
                device -> problem.devices().nodesOf(problem.devices().site(device)).length == 1);
  }

  private static boolean takesAtMostOneDevice(UnitType type) {
    long requests = type.claims().stream().mapToLong(claim -> claim.requests().size()).sum();
    return requests <= 1
        && leaves(type).stream().noneMatch(leaf -> isOdd(leaf) || leaf.count() != 1)
        && !type.isCommon()
        && !type.hasTopology()
        && type.common().isEmpty()
        && !type.takesResources()
        && !type.dependsOnNode();
  }

  private static List<Leaf> leaves(UnitType type) {
    return type.claims().stream()
        .flatMap(claim -> claim.requests().stream())
        .flatMap(line -> line.leaves().stream())
        .toList();
  }

  /** Whether units of the type take one device, from any node. */
  public static boolean takesOneDevice(UnitType type) {
    return !isTiedToNode(type)
        && type.claims().size() == 1
        && type.claims().get(0).requests().size() == 1
        && leaves(type).stream().noneMatch(leaf -> isOdd(leaf) || leaf.count() != 1);
  }

  /** Whether it matters to units of the type on which node they are, whatever they take. */
  static boolean isTiedToNode(UnitType type) {
    return type.isCommon()
        || type.hasTopology()
        || type.nodes().isPresent()
        || !type.common().isEmpty()
        || type.takesResources()
        || type.dependsOnNode();
  }
}
