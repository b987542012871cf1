package io.tangram.api.device;

import com.google.errorprone.annotations.Immutable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount in the grammar of Kubernetes quantities: {@code 80Gi}, {@code 0.5}, {@code 250m},
 * {@code 1e3} (R35). Amounts are compared numerically: {@code 1Gi} equals {@code 1073741824}; the
 * format is how the amount is written and takes no part in equality.
 *
 * <p>As in Kubernetes, digits below one nano round away from zero and amounts above 2^63 - 1 are
 * capped there.
 */
@Immutable
public final class Quantity implements Comparable<Quantity> {

  /** How a quantity is written. */
  public enum Format {
    /** Powers of 1000 with suffixes {@code n u m k M G T P E}. */
    DECIMAL_SI,
    /** Powers of 1024 with suffixes {@code Ki Mi Gi Ti Pi Ei}. */
    BINARY_SI,
    /** Powers of ten written as {@code e3}. */
    DECIMAL_EXPONENT
  }

  /** Nothing, in decimal format. */
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI);

  /** One, in decimal format. */
  public static final Quantity ONE = new Quantity(BigDecimal.ONE, Format.DECIMAL_SI);

  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
  private static final int NANO_SCALE = 9;

  /** What the longest text may have; more would only be expensive to compute with. */
  private static final int MAX_LENGTH = 1000;

  private static final int SHOWN_SCALE = 3;

  private static final Map<String, Integer> DECIMAL_EXPONENTS =
      Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
  private static final Map<String, Integer> BINARY_EXPONENTS =
      Map.of("Ki", 1, "Mi", 2, "Gi", 3, "Ti", 4, "Pi", 5, "Ei", 6);

  private static final String[] DECIMAL_SUFFIXES = {
    "n", "u", "m", "", "k", "M", "G", "T", "P", "E"
  };
  private static final String[] BINARY_SUFFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

  private final BigDecimal value;
  private final Format format;

  private Quantity(BigDecimal value, Format format) {
    this.value = value;
    this.format = format;
  }

  /** Returns {@code amount} in decimal format. */
  public static Quantity of(long amount) {
    return new Quantity(BigDecimal.valueOf(amount), Format.DECIMAL_SI);
  }

  /**
   * Returns {@code amount} in the given format, rounded and capped like a parsed one.
   *
   * @param amount the amount, in units
   * @param format how to write it
   */
  public static Quantity of(BigDecimal amount, Format format) {
    return normalized(amount, format);
  }

  /** Returns {@code mebibytes} x 2^20 in binary format. */
  public static Quantity mebibytes(long mebibytes) {
    return of(BigDecimal.valueOf(mebibytes).multiply(KIBI.pow(2)), Format.BINARY_SI);
  }

  /** Returns {@code gibibytes} x 2^30 in binary format. */
  public static Quantity gibibytes(long gibibytes) {
    return of(BigDecimal.valueOf(gibibytes).multiply(KIBI.pow(3)), Format.BINARY_SI);
  }

  /**
   * Reads a quantity.
   *
   * @param text the quantity, such as {@code 80Gi}
   * @throws IllegalArgumentException if the text is not in the grammar, of which the message then
   *     tells, or has more than 1,000 characters
   */
  public static Quantity parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a quantity of "
              + text.length()
              + " characters is not read (R35). Write at most "
              + MAX_LENGTH
              + ".");
    }
    int numberEnd = endOfNumber(text);
    String suffix = text.substring(numberEnd);
    BigDecimal number = numberEnd == 0 ? null : number(text.substring(0, numberEnd));
    if (number == null) {
      throw malformed(text);
    }
    Integer binary = BINARY_EXPONENTS.get(suffix);
    if (binary != null) {
      BigDecimal amount = number.multiply(KIBI.pow(binary));
      boolean tiny = amount.signum() > 0 && amount.compareTo(BigDecimal.ONE) < 0;
      return normalized(amount, tiny ? Format.DECIMAL_SI : Format.BINARY_SI);
    }
    Integer decimal = DECIMAL_EXPONENTS.get(suffix);
    if (decimal != null) {
      return normalized(number.scaleByPowerOfTen(decimal), Format.DECIMAL_SI);
    }
    Integer exponent = exponent(suffix);
    if (exponent == null) {
      throw malformed(text);
    }
    return normalized(number.scaleByPowerOfTen(exponent), Format.DECIMAL_EXPONENT);
  }

  /** Returns whether {@link #parse} accepts the text. */
  public static boolean isQuantity(String text) {
    try {
      parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int endOfNumber(String text) {
    int at = 0;
    if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      at++;
    }
    while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static @Nullable BigDecimal number(String digits) {
    if (digits.chars().noneMatch(c -> c >= '0' && c <= '9')
        || digits.chars().filter(c -> c == '.').count() > 1) {
      return null;
    }
    return new BigDecimal(digits);
  }

  private static @Nullable Integer exponent(String suffix) {
    if (suffix.length() < 2 || (suffix.charAt(0) != 'e' && suffix.charAt(0) != 'E')) {
      return null;
    }
    String digits = suffix.substring(1);
    int start = digits.charAt(0) == '-' || digits.charAt(0) == '+' ? 1 : 0;
    boolean wellFormed =
        digits.length() > start
            && digits.length() - start <= 4
            && digits.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
    return wellFormed ? Integer.valueOf(digits) : null;
  }

  private static Quantity normalized(BigDecimal amount, Format format) {
    BigDecimal rounded =
        amount.scale() > NANO_SCALE ? amount.setScale(NANO_SCALE, RoundingMode.UP) : amount;
    BigDecimal capped = rounded.compareTo(MAX) > 0 ? MAX : rounded;
    return new Quantity(capped.signum() == 0 ? BigDecimal.ZERO : capped, format);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "\""
            + text
            + "\" is not a quantity (R35). Write a number with an optional suffix: n u m k M G T P E,"
            + " Ki Mi Gi Ti Pi Ei, or an exponent such as e3.");
  }

  /** The exact amount, in units. */
  public BigDecimal value() {
    return value;
  }

  /** How this quantity is written. */
  public Format format() {
    return format;
  }

  /** Returns -1, 0 or 1 as the amount is negative, zero or positive. */
  public int signum() {
    return value.signum();
  }

  /** Returns this + {@code other}, in this format. */
  public Quantity plus(Quantity other) {
    return new Quantity(value.add(other.value), format);
  }

  /** Returns this - {@code other}, in this format. */
  public Quantity minus(Quantity other) {
    return new Quantity(value.subtract(other.value), format);
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Quantity quantity && value.compareTo(quantity.value) == 0;
  }

  @Override
  public int hashCode() {
    return value.stripTrailingZeros().hashCode();
  }

  /** Returns the canonical text: no fraction, the largest suffix that keeps it exact. */
  @Override
  public String toString() {
    boolean small = value.abs().compareTo(KIBI) < 0;
    boolean whole = value.stripTrailingZeros().scale() <= 0;
    return format == Format.BINARY_SI && !small && whole ? binaryText() : decimalText();
  }

  /**
   * Returns the amount in the unit in which another is written, so that people can compare the two:
   * {@code 15.89} beside {@code 64}, {@code 251.358Gi} beside {@code 300Gi}. More than three
   * decimals are rounded up to three, unless the amounts would look equal then and aren't.
   */
  public String inUnitOf(Quantity other) {
    String text = other.toString();
    String suffix = text.substring(endOfNumber(text));
    BigDecimal unit = parse("1" + suffix).value;
    BigDecimal exact = value.divide(unit);
    BigDecimal rounded = exact.setScale(SHOWN_SCALE, RoundingMode.CEILING);
    boolean looksEqual = rounded.multiply(unit).compareTo(other.value) == 0;
    BigDecimal shown = looksEqual || exact.scale() <= SHOWN_SCALE ? exact : rounded;
    return (shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString()) + suffix;
  }

  private String binaryText() {
    BigInteger mantissa = value.toBigIntegerExact();
    BigInteger step = BigInteger.valueOf(1024);
    int power = 0;
    while (power + 1 < BINARY_SUFFIXES.length && mantissa.mod(step).signum() == 0) {
      mantissa = mantissa.divide(step);
      power++;
    }
    return mantissa + BINARY_SUFFIXES[power];
  }

  private String decimalText() {
    if (value.signum() == 0) {
      return "0";
    }
    int exponent = Math.floorDiv(-value.stripTrailingZeros().scale(), 3) * 3;
    int shown =
        format == Format.DECIMAL_EXPONENT
            ? exponent
            : Math.max(-NANO_SCALE, Math.min(exponent, 3 * (DECIMAL_SUFFIXES.length - 4)));
    BigInteger mantissa = value.scaleByPowerOfTen(-shown).toBigIntegerExact();
    if (format == Format.DECIMAL_EXPONENT) {
      return shown == 0 ? mantissa.toString() : mantissa + "e" + shown;
    }
    return mantissa + DECIMAL_SUFFIXES[shown / 3 + 3];
  }
}
