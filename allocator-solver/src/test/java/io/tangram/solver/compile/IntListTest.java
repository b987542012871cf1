package io.tangram.solver.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntListTest {

  @Test
  void keepsWhatIsAddedInOrder() {
    IntList list = new IntList().add(3).add(1).add(2);

    assertThat(list.size()).isEqualTo(3);
    assertThat(list.get(1)).isEqualTo(1);
    assertThat(list.toArray()).containsExactly(3, 1, 2);
    assertThat(list.asList()).containsExactly(3, 1, 2);
  }

  @Test
  void growsAsLongAsSomethingIsAdded() {
    IntList list = new IntList();

    IntStream.range(0, 100).forEach(list::add);

    assertThat(list.toArray()).containsExactly(IntStream.range(0, 100).toArray());
  }

  @Test
  void isNotChangedThroughItsCopies() {
    IntList list = new IntList().add(3);
    List<Integer> before = list.asList();

    list.toArray()[0] = 7;
    list.add(4);

    assertThat(list.get(0)).isEqualTo(3);
    assertThat(before).containsExactly(3);
  }
}
