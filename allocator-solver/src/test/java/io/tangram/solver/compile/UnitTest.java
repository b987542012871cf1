package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.compile.Given.compiled;
import static io.tangram.solver.compile.Given.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.claim.Claim;
import io.tangram.solver.Fleet;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitTest {

  private final Claim own = claim("own", one("gpu"));
  private final Claim common = claim("common", one("big"), one("small"));
  private final List<Unit> queue =
      compiled(
              Fleet.of("a")
                  .addSlices(slice("a"))
                  .addClaims(own, common)
                  .addWorkloads(workload("both", "common", "own"), workload("one", "common"))
                  .build())
          .units()
          .queue();

  @Test
  void needsItsOwnClaimsThenTheCommonOnes() {
    assertThat(queue.get(0).allClaims()).containsExactly(own, common);
    assertThat(queue.get(1).allClaims()).containsExactly(common);
    assertThat(queue.get(0).common().get(0).allClaims()).containsExactly(common);
  }

  @Test
  void itsTypeNeedsTheShapesOfTheSameClaims() {
    assertThat(queue.get(0).type().allClaims())
        .extracting(shape -> shape.requests().size())
        .containsExactly(1, 2);
    assertThat(queue.get(0).common().get(0).type().allClaims()).hasSize(1);
  }

  @Test
  void isHashedByItsOrder() {
    assertThat(queue).extracting(Unit::hashCode).containsExactly(0, 1);
  }
}
