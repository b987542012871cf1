package io.tangram.solver.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class AmountUnitTest {

  @Test
  void countsInTheGreatestCommonDivisor() {
    AmountUnit unit = unitOf("17179869184", "85899345920", "0.5");

    assertThat(unit.down(new BigDecimal("0.5"))).isEqualTo(1);
    assertThat(unit.up(new BigDecimal("17179869184"))).isEqualTo(34_359_738_368L);
  }

  @Test
  void seesEqualRatiosAsEqualWhateverTheUnit() {
    AmountUnit gibibytes = unitOf("17179869184", "85899345920");
    AmountUnit slices = unitOf("1", "5");

    assertThat(gibibytes.down(new BigDecimal("85899345920")))
        .isEqualTo(slices.down(new BigDecimal("5")));
  }

  @Test
  void roundsAgainstWhoAsksWhereAmountsAreTooFine() {
    BigDecimal all = new BigDecimal("9000000000000000000");
    BigDecimal crumb = new BigDecimal("0.000000001");
    AmountUnit unit = unitOf("9000000000000000000", "0.000000001");

    assertThat(unit.down(crumb)).isZero();
    assertThat(unit.up(crumb)).isEqualTo(1);
    assertThat(unit.down(all)).isLessThan(1L << 43);
  }

  @Test
  void isFinerForSumsOfFewerAmounts() {
    BigDecimal amount = new BigDecimal((1L << 50) + 1);
    AmountUnit unit = unitOf("1", amount.toString());

    assertThat(unit.isExact()).isFalse();
    assertThat(unit.forSumsOf(100).isExact()).isTrue();
    assertThat(unit.forSumsOf(100).up(amount)).isEqualTo((1L << 50) + 1);
    assertThat(unit.forSumsOf(10_000_000)).isEqualTo(unit);
    assertThat(unitOf("6", "9").isExact()).isTrue();
  }

  @Test
  void countsNothingWhereAllAmountsAreNothing() {
    AmountUnit unit = unitOf("0", "0");

    assertThat(unit.up(BigDecimal.ZERO)).isZero();
    assertThat(unit.down(BigDecimal.ZERO)).isZero();
  }

  @Test
  void keepsTheSignOfALoneNegativeAmount() {
    AmountUnit unit = unitOf("-5");

    assertThat(unit.down(new BigDecimal("-5"))).isEqualTo(-1);
  }

  @Property
  void nothingFitsInUnitsThatDoesNotFit(
      @ForAll @BigRange(min = "0", max = "9223372036854775807") @Scale(9) BigDecimal one,
      @ForAll @BigRange(min = "0", max = "9223372036854775807") @Scale(9) BigDecimal other,
      @ForAll @BigRange(min = "0", max = "9223372036854775807") @Scale(9) BigDecimal room) {
    AmountUnit unit = AmountUnit.NONE.and(one).and(other).and(room);

    boolean fitsInUnits = unit.up(one) + unit.up(other) <= unit.down(room);

    assertThat(!fitsInUnits || one.add(other).compareTo(room) <= 0).isTrue();
  }

  private static AmountUnit unitOf(String... amounts) {
    return Arrays.stream(amounts)
        .map(BigDecimal::new)
        .reduce(AmountUnit.NONE, AmountUnit::and, (one, other) -> other);
  }
}
