package io.tangram.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AdmissionBoundsTest {

  /** Six claims of tier 2 at most; beside five of these eleven of tier 1; beside ten of these 3. */
  private static final AdmissionBounds BOUNDS =
      new AdmissionBounds(
          ImmutableMap.of(2, 6L, 1, 11L, 0, 3L),
          ImmutableMap.of(2, 5L, 1, 10L, 0, 3L),
          ImmutableSet.of(2, 1, 0));

  @Test
  void boundsEveryTierBesideAsManyClaimsAsTheBoundsAreBeside() {
    PartSolution solution = reaching(5, 10, 3);

    PartSolution bounded = solution.withAdmissionBounds(BOUNDS);

    assertThat(bounded.objectives())
        .containsExactly(
            ObjectiveResult.of(ObjectiveResult.ADMISSION, 2, 5, OptionalLong.of(6)),
            ObjectiveResult.of(ObjectiveResult.ADMISSION, 1, 10, OptionalLong.of(11)),
            ObjectiveResult.of(ObjectiveResult.ADMISSION, 0, 3, OptionalLong.of(3)));
  }

  @Test
  void boundsNoTierBesideFewerClaimsOfAHigherOneThanTheBoundIsBeside() {
    PartSolution solution = reaching(6, 8, 4);

    PartSolution bounded = solution.withAdmissionBounds(BOUNDS);

    assertThat(bounded.objectives())
        .containsExactly(
            ObjectiveResult.of(ObjectiveResult.ADMISSION, 2, 6, OptionalLong.of(6)),
            ObjectiveResult.of(ObjectiveResult.ADMISSION, 1, 8, OptionalLong.of(11)),
            ObjectiveResult.of(ObjectiveResult.ADMISSION, 0, 4, OptionalLong.empty()));
  }

  @Test
  void provesNoTierOfWhichFewerUnitsMayHaveAsManyClaims() {
    AdmissionBounds ofClaims =
        new AdmissionBounds(ImmutableMap.of(2, 6L), ImmutableMap.of(2, 6L), ImmutableSet.of());

    ObjectiveResult bounded = ofClaims.on(reaching(6, 0, 0).objectives().get(0));

    assertThat(bounded.bound()).hasValue(6);
    assertThat(bounded.status()).isEqualTo(PlanStatus.FEASIBLE);
  }

  private static PartSolution reaching(long second, long first, long last) {
    return new PartSolution(
        ImmutableList.of(),
        ImmutableList.of(
            ObjectiveResult.of(ObjectiveResult.ADMISSION, 2, second, OptionalLong.empty()),
            ObjectiveResult.of(ObjectiveResult.ADMISSION, 1, first, OptionalLong.empty()),
            ObjectiveResult.of(ObjectiveResult.ADMISSION, 0, last, OptionalLong.empty())));
  }
}
