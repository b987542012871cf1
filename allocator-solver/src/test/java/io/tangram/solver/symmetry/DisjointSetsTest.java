package io.tangram.solver.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DisjointSetsTest {

  private static final int ELEMENTS = 8;

  private record Pair(int a, int b) {}

  @Test
  void knowsASetByItsLeastElement() {
    DisjointSets sets = new DisjointSets(5);

    sets.union(4, 2);
    sets.union(3, 4);

    assertThat(sets.find(3)).isEqualTo(2);
    assertThat(sets.find(0)).isZero();
  }

  @Property
  void joinsWhatIsTiedByAnyChainOfPairs(@ForAll("pairs") List<Pair> pairs) {
    DisjointSets sets = new DisjointSets(ELEMENTS);

    pairs.forEach(pair -> sets.union(pair.a(), pair.b()));

    for (int element = 0; element < ELEMENTS; element++) {
      assertThat(sets.find(element)).isEqualTo(reachable(element, pairs).nextSetBit(0));
    }
  }

  @Provide
  Arbitrary<List<Pair>> pairs() {
    Arbitrary<Integer> element = Arbitraries.integers().between(0, ELEMENTS - 1);
    return Combinators.combine(element, element).as(Pair::new).list().ofMaxSize(10);
  }

  private static BitSet reachable(int from, List<Pair> pairs) {
    BitSet reached = new BitSet();
    reached.set(from);
    for (int round = 0; round < ELEMENTS; round++) {
      for (Pair pair : pairs) {
        if (reached.get(pair.a()) || reached.get(pair.b())) {
          reached.set(pair.a());
          reached.set(pair.b());
        }
      }
    }
    return reached;
  }
}
