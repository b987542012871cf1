package io.tangram.solver.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Request.FirstAvailable;
import io.tangram.api.device.QualifiedName;
import io.tangram.solver.compile.ClaimShape.Line;
import io.tangram.solver.compile.ClaimShape.OwnSupply;
import io.tangram.solver.compile.ClaimShape.Tie;
import java.util.BitSet;
import java.util.stream.IntStream;
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
        Tie.Kind.MATCH,
        new Trait.Attribute(QualifiedName.of("gpu.example.com", "numa")),
        ImmutableList.copyOf(covered));
  }

  @Test
  void asksForDevicesWhereANodeDoesNotServeARequestItself() { // R216
    Line served = line(new OwnSupply(0, BitSet.valueOf(new long[] {0b011})));
    Line other = line(new OwnSupply(1, BitSet.valueOf(new long[] {0b101})));
    ClaimShape shape = new ClaimShape(ImmutableList.of(served, other), ImmutableList.of());

    assertThat(IntStream.range(0, 3).filter(served::asksOn)).containsExactly(2);
    assertThat(IntStream.range(0, 3).filter(shape::asksOn)).containsExactly(1, 2);
    assertThat(line(OwnSupply.NONE).asksOn(0)).isTrue();
    assertThat(new ClaimShape(ImmutableList.of(), ImmutableList.of()).asksOn(0)).isFalse();
  }

  private static Line line(OwnSupply own) {
    return new Line(false, ImmutableList.of(), own);
  }
}
