package io.tangram.solver.nodesearch;

import com.google.common.primitives.ImmutableLongArray;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.NodeResources;
import io.tangram.solver.compile.UnitType;
import java.util.Arrays;

/** What is left of the resources of nodes while units are placed one after the other. */
public final class NodeRoom {

  private final long[][] had;
  private final long[][] left;

  /** Starts with what there is before any unit is placed. */
  public NodeRoom(CompiledProblem problem) {
    this(problem, false);
  }

  /**
   * Starts from what there is.
   *
   * @param empty whether not even bound workloads take anything
   */
  NodeRoom(CompiledProblem problem, boolean empty) {
    had = new long[problem.nodes()][];
    left = new long[problem.nodes()][];
    for (int node = 0; node < left.length; node++) {
      NodeResources resources = problem.resources();
      had[node] = empty ? resources.allocatable(node) : resources.available(node);
      left[node] = had[node].clone();
    }
  }

  /** What is left on a node of each resource beside these amounts. */
  long[] beside(ImmutableLongArray amounts, int node) {
    long[] beside = left[node].clone();
    for (int i = 0; i < amounts.length(); i++) {
      beside[i] -= amounts.get(i);
    }
    return beside;
  }

  /** Whether a unit of the type finds enough of everything on the node. */
  public boolean fits(UnitType type, int node) {
    return type.mayUse(node) && fits(type.resources(), node);
  }

  /** Whether so much of each resource is left on the node. */
  public boolean fits(ImmutableLongArray amounts, int node) {
    for (int i = 0; i < amounts.length(); i++) {
      if (amounts.get(i) > left[node][i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * How well a unit of the type goes with what is left on the node: the more it takes of what there
   * is most of, the better. The dot product of Panigrahy, Talwar, Uyeda and Wieder ("Heuristics for
   * vector bin packing", 2011), each resource in parts of what the node had.
   */
  public double affinity(UnitType type, int node) {
    double affinity = 0;
    for (int i = 0; i < type.resources().length(); i++) {
      if (had[node][i] > 0 && NodeResources.isLimited(had[node][i])) {
        double whole = had[node][i];
        affinity += type.resources().get(i) / whole * (left[node][i] / whole);
      }
    }
    return affinity;
  }

  /** The greatest part of a resource that a unit of the type takes of what the node had. */
  public double part(UnitType type, int node) {
    double part = 0;
    for (int i = 0; i < type.resources().length(); i++) {
      if (type.resources().get(i) > 0 && NodeResources.isLimited(had[node][i])) {
        part = Math.max(part, (double) type.resources().get(i) / Math.max(1, had[node][i]));
      }
    }
    return part;
  }

  /** Takes what a unit of the type needs, its devices apart. */
  public void take(UnitType type, int node) {
    take(type.resources().toArray(), node);
  }

  /** Takes so much of each resource. */
  public void take(long[] amounts, int node) {
    for (int i = 0; i < amounts.length; i++) {
      left[node][i] -= amounts[i];
    }
  }

  /** Gives back what a unit of the type took. */
  public void giveBack(UnitType type, int node) {
    giveBack(type.resources().toArray(), node);
  }

  /** Gives back so much of each resource. */
  public void giveBack(long[] amounts, int node) {
    for (int i = 0; i < amounts.length; i++) {
      left[node][i] += amounts[i];
    }
  }

  /** Whether more was taken of a node than it had. */
  public boolean isOverdrawn(int node) {
    return Arrays.stream(left[node]).anyMatch(amount -> amount < 0);
  }

  /** Whether no more is taken of a node than it had once a unit of the type gives back its part. */
  public boolean wouldDo(UnitType without, int node) {
    for (int i = 0; i < left[node].length; i++) {
      if (left[node][i] + without.resources().get(i) < 0) {
        return false;
      }
    }
    return true;
  }
}
