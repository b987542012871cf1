package io.tangram.solver.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Request.FirstAvailable;
import io.tangram.api.device.QualifiedName;
import io.tangram.solver.compile.ClaimShape.Tie;
import org.junit.jupiter.api.Test;

class ClaimShapeTest {

  @Test
  void aTieCoversTheAlternativesOfItsRequests() {
    Tie tie = tie(Tie.place(0, 1), Tie.place(1, 0));

    assertThat(tie.covers(0, 1)).isTrue();
    assertThat(tie.covers(1, 0)).isTrue();
    assertThat(tie.covers(0, 0)).isFalse();
    assertThat(tie.covers(1, 1)).isFalse();
  }

  @Test
  void aTieTellsTheLastAlternativeFromTheNextRequest() {
    Tie tie = tie(Tie.place(0, FirstAvailable.BEST_SCORE - 1));

    assertThat(tie.covers(1, 0)).isFalse();
    assertThat(tie.covers(0, FirstAvailable.BEST_SCORE - 1)).isTrue();
  }

  private static Tie tie(Integer... covered) {
    return new Tie(
        Tie.Kind.MATCH, QualifiedName.of("gpu.example.com", "numa"), ImmutableList.copyOf(covered));
  }
}
