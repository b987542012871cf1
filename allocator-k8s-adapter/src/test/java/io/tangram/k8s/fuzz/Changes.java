package io.tangram.k8s.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/** Random changes of seeds. Failures shrink to as few of them as will do. */
final class Changes {

  private Changes() {}

  /** Returns seeds with so many of their values changed. */
  static Arbitrary<ArrayNode> trees(List<ArrayNode> seeds, int least, int most) {
    Arbitrary<List<TreeChange>> changes =
        Combinators.combine(Arbitraries.of(TreeChange.Kind.class), numbers(), numbers())
            .as(TreeChange::new)
            .list()
            .ofMinSize(least)
            .ofMaxSize(most);
    return Combinators.combine(Arbitraries.of(seeds), changes)
        .as(
            (seed, some) -> {
              ArrayNode changed = seed.deepCopy();
              some.forEach(each -> each.applyTo(changed));
              return changed;
            });
  }

  /** Returns texts of trees with so many changes. */
  static Arbitrary<byte[]> texts(Arbitrary<ArrayNode> trees, int least, int most) {
    Arbitrary<List<TextChange>> changes =
        Combinators.combine(Arbitraries.of(TextChange.Kind.class), numbers(), numbers())
            .as(TextChange::new)
            .list()
            .ofMinSize(least)
            .ofMaxSize(most);
    return Combinators.combine(trees, Arbitraries.of(Style.class), changes)
        .as(
            (tree, style, some) -> {
              byte[] text = style.write(tree);
              for (TextChange each : some) {
                text = each.applyTo(text);
              }
              return text;
            });
  }

  private static Arbitrary<Integer> numbers() {
    return Arbitraries.integers()
        .between(0, Integer.MAX_VALUE)
        .withDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }
}
