package io.tangram.solver.model;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.GroupTable;
import io.tangram.solver.cpsat.CpModelBuilder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The constraint (13) of {@link DirectModel}: each counter set settles on one compatibility group
 * at most, among those that all held devices on it list.
 */
final class DirectGroups {

  private final GroupTable groups;
  private final CpModelBuilder model;
  private final Map<Integer, List<Drawing>> bySet = new LinkedHashMap<>();

  /** What draws on a set if the literal is true. */
  private record Drawing(Literal drawn, Draw draw) {}

  DirectGroups(GroupTable groups, CpModelBuilder model) {
    this.groups = groups;
    this.model = model;
  }

  /** Adds that something draws on the set if the literal is true. */
  void add(int set, Draw draw, Literal drawn) {
    if (!groups.isEmpty()) {
      bySet.computeIfAbsent(set, s -> new ArrayList<>()).add(new Drawing(drawn, draw));
    }
  }

  /** Writes the constraints, once all is added. */
  void close() {
    bySet.forEach(this::settle);
  }

  private void settle(int set, List<Drawing> drawings) {
    BitSet open = groups.open(set);
    if (open.stream().anyMatch(group -> isCommon(group, drawings))) {
      return;
    }
    Map<Integer, BoolVar> settled = new LinkedHashMap<>();
    open.stream()
        .filter(group -> drawings.stream().anyMatch(each -> each.draw().groups().contains(group)))
        .forEach(group -> settled.put(group, model.newBoolVar("group[" + set + "," + group + "]")));
    model.addAtMostOne(List.copyOf(settled.values()));
    for (Drawing drawing : drawings) {
      LinearExprBuilder allowed = LinearExpr.newBuilder();
      drawing.draw().groups().stream()
          .filter(settled::containsKey)
          .forEach(group -> allowed.addTerm(settled.get(group), 1));
      model.addLessOrEqual(drawing.drawn(), allowed);
    }
  }

  private static boolean isCommon(int group, List<Drawing> drawings) {
    return drawings.stream().allMatch(each -> each.draw().groups().contains(group));
  }
}
