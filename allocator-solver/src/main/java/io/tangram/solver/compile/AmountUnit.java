package io.tangram.solver.compile;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The unit in which some amounts are integers: their greatest common divisor, so that counting in
 * it is exact and equal ratios look equal whatever they are written in. Where the greatest amount
 * would take more than {@value #MOST_BITS} bits, the unit is as much coarser; who asks for
 * something is then rounded up and what there is rounded down, by less than one part in 10^12 of
 * the greatest amount. So sums of a million amounts are no longer than a long; of fewer amounts
 * {@linkplain #forSumsOf more bits} can be counted.
 *
 * @param divisor the greatest common divisor of the amounts, in billionths, 0 if all are 0
 * @param greatest the greatest absolute amount, in billionths
 * @param mostBits how many bits the greatest amount may take
 */
public record AmountUnit(BigInteger divisor, BigInteger greatest, int mostBits) {

  private static final int MOST_BITS = 42;

  /** The bits of sums; some less than a long has, for what a solver adds. */
  private static final int SUM_BITS = 59;

  /** Amounts have no digits below one billionth (R35). */
  private static final int NANO_SCALE = 9;

  /** The unit of no amounts, in which nothing but 0 can be counted. */
  public static final AmountUnit NONE = new AmountUnit(BigInteger.ZERO, BigInteger.ZERO, MOST_BITS);

  /** Returns the unit of these amounts and one more. */
  public AmountUnit and(BigDecimal amount) {
    BigInteger nanos = nanos(amount);
    return new AmountUnit(divisor.gcd(nanos), greatest.max(nanos.abs()), mostBits);
  }

  /** Returns the unit that is as fine as sums of so many of the amounts, or fewer, allow. */
  public AmountUnit forSumsOf(int summands) {
    int bits = SUM_BITS - Integer.SIZE + Integer.numberOfLeadingZeros(summands);
    return new AmountUnit(divisor, greatest, Math.max(MOST_BITS, bits));
  }

  /** Whether the amounts are counted as they are, without rounding. */
  public boolean isExact() {
    return unit().equals(divisor);
  }

  /** Returns how many units one of the amounts is, rounded down: for what there is. */
  public long down(BigDecimal amount) {
    BigInteger unit = unit();
    if (unit.signum() == 0) {
      return 0;
    }
    BigInteger[] parts = nanos(amount).divideAndRemainder(unit);
    return parts[0].longValueExact() - (parts[1].signum() < 0 ? 1 : 0);
  }

  /** Returns how many units one of the amounts is, rounded up: for what is asked for. */
  public long up(BigDecimal amount) {
    return -down(amount.negate());
  }

  /** Returns how much so many units are. */
  public BigDecimal amount(long units) {
    return new BigDecimal(unit().multiply(BigInteger.valueOf(units)), NANO_SCALE);
  }

  private BigInteger unit() {
    return divisor.max(greatest.shiftRight(mostBits));
  }

  private static BigInteger nanos(BigDecimal amount) {
    return amount.scaleByPowerOfTen(NANO_SCALE).toBigIntegerExact();
  }
}
