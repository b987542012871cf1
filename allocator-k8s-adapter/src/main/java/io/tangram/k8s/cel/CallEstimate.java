package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a function can cost at most, beside its arguments, and how large its result can
 * be. Reading a character costs a tenth.
 *
 * @param cost the cost
 * @param result the size of the result, where the function says something of it
 */
record CallEstimate(long cost, @Nullable SizeRange result) {

  /** What {@code includes} costs, whatever the list. */
  private static final int INCLUDES_COST = 48;

  /** The base cost of a function that makes a list. */
  private static final int NEW_LIST_COST = 11;

  /** What comparing the bytes of two addresses costs, and of one. */
  private static final int TWO_ADDRESSES_COST = 4;

  private static final int ONE_ADDRESS_COST = 2;

  /** The quarters of the longest pattern of a named format. */
  private static final int FORMAT_PATTERN_COST = 32;

  private static final int FORMAT_COST = 7;

  /** Of asking an authorizer. */
  private static final int AUTHORIZATION_COST = 350_000;

  private static final int REQUIREMENT_COST = 50;

  private static CallEstimate of(long cost) {
    return new CallEstimate(cost, null);
  }

  /**
   * Returns the estimate of a call.
   *
   * @param overload one of those that the types of the arguments allow
   * @param sizes knows the sizes of the arguments
   */
  static CallEstimate of(CelCall call, String overload, CostEstimate sizes) {
    return new Arguments(call, sizes).estimate(overload);
  }

  private static long tenths(long size) {
    return size / 10 + (size % 10 == 0 ? 0 : 1);
  }

  private static long quarters(long size) {
    return size / 4 + (size % 4 == 0 ? 0 : 1);
  }

  private static long plus(long one, long other) {
    return LongMath.saturatedAdd(one, other);
  }

  private static long times(long one, long other) {
    return LongMath.saturatedMultiply(one, other);
  }

  /** A call and its arguments, the receiver being the first. */
  private static final class Arguments {

    private final CelCall call;
    private final CostEstimate sizes;
    private final ImmutableList<CelExpr> given;

    Arguments(CelCall call, CostEstimate sizes) {
      this.call = call;
      this.sizes = sizes;
      this.given =
          ImmutableList.<CelExpr>builder()
              .addAll(call.target().stream().iterator())
              .addAll(call.args())
              .build();
    }

    private SizeRange size(int index) {
      return index < given.size() ? sizes.size(given.get(index)) : SizeRange.exactly(0);
    }

    private long max(int index) {
      return size(index).max();
    }

    private CelType type(int index) {
      return sizes.typeOf(given.get(index));
    }

    CallEstimate estimate(String overload) {
      return switch (call.function()) {
        case "includes" -> of(INCLUDES_COST);
        case "isSorted", "sum", "min", "max", "indexOf", "lastIndexOf" -> of(traversal());
        case "url", "lowerAscii", "upperAscii", "substring", "trim" ->
            new CallEstimate(tenths(max(0)), size(0));
        case "replace" -> new CallEstimate(tenths(times(2, max(0))), replaced());
        case "split" -> new CallEstimate(tenths(times(2, max(0))), SizeRange.upTo(mostParts()));
        case "join" -> joined();
        case "find", "findAll" -> new CallEstimate(matching(), SizeRange.upTo(max(0)));
        case "ip" -> of(overload.equals("cidr_ip") ? 1 : tenths(max(0)));
        case "ip.isCanonical" -> of(tenths(times(2, max(0))));
        case "cidr", "isIP", "isCIDR", "quantity", "isQuantity", "semver", "isSemver" ->
            of(tenths(max(0)));
        case "containsIP" -> of(plus(TWO_ADDRESSES_COST, parsing(overload)));
        case "containsCIDR" ->
            of(plus(TWO_ADDRESSES_COST + ONE_ADDRESS_COST + 1, parsing(overload)));
        case "validate" -> of(times(tenths(max(1)), FORMAT_PATTERN_COST));
        case "check" -> of(AUTHORIZATION_COST);
        case "fieldSelector", "labelSelector" -> of(requirements(max(1)));
        case "sets.contains", "sets.intersects" -> of(plus(1, times(max(0), max(1))));
        case "sets.equivalent" -> of(plus(1, times(2, times(max(0), max(1)))));
        case "slice" ->
            newList(1, SizeRange.exactly(Math.max(0, literal(2, max(0)) - literal(1, 0))));
        case "lists.range" -> newList(1, SizeRange.exactly(literal(0, Long.MAX_VALUE)));
        case "reverse" -> newList(1, size(0));
        case "flatten" -> newList(given.size() == 1 ? 1 : literal(1, Long.MAX_VALUE), size(0));
        case "distinct" -> newList(2, size(0).times(size(0)));
        case "sort" -> sorted(overload, size(0));
        case "@sortByAssociatedKeys" -> sorted(overload, size(1));
        case "_==_", "_!=_" -> type(0).equals(type(1)) ? equality(overload) : ofOverload(overload);
        default -> ofOverload(overload);
      };
    }

    private CallEstimate ofOverload(String overload) {
      return switch (overload) {
        case "string_format" -> of(tenths(max(0)));
        case "string_to_bytes" ->
            new CallEstimate(tenths(max(0)), new SizeRange(size(0).min(), times(4, max(0))));
        case "bytes_to_string" ->
            new CallEstimate(tenths(max(0)), new SizeRange(size(0).min() / 4, max(0)));
        case "strings_quote" ->
            new CallEstimate(
                tenths(max(0)), new SizeRange(plus(2, size(0).min()), plus(2, times(2, max(0)))));
        case "starts_with_string", "ends_with_string" -> of(tenths(max(1)));
        case "in_list" -> of(max(1));
        case "matches_string" -> of(matching());
        case "contains_string" -> of(times(tenths(max(0)), tenths(max(1))));
        case "logical_and", "logical_or" -> of(0);
        case "conditional" -> new CallEstimate(0, size(1).or(size(2)));
        case "add_string", "add_bytes" -> {
          SizeRange sum = size(0).plus(size(1));
          yield new CallEstimate(tenths(sum.max()), sum);
        }
        case "add_list" -> new CallEstimate(1, size(0).plus(size(1)));
        case "less_string",
            "less_equals_string",
            "greater_string",
            "greater_equals_string",
            "less_bytes",
            "less_equals_bytes",
            "greater_bytes",
            "greater_equals_bytes",
            "equals",
            "not_equals" ->
            of(tenths(Math.min(max(0), max(1))));
        default -> of(1);
      };
    }

    /** Of a list with each of its elements, or of a string. */
    private long traversal() {
      if (!(type(0) instanceof ListType list)) {
        return tenths(max(0));
      }
      CelKind kind = list.hasElemType() ? list.elemType().kind() : CelKind.DYN;
      boolean hasText = kind == CelKind.STRING || kind == CelKind.BYTES;
      long each = hasText ? plus(1, tenths(sizes.elementSize(given.get(0)).max())) : 1;
      return times(max(0), each);
    }

    private long matching() {
      return times(tenths(plus(1, max(0))), quarters(max(1)));
    }

    private long parsing(String overload) {
      return overload.endsWith("_string") ? tenths(max(1)) : 0;
    }

    /**
     * Of a selector in text: each two characters may be a requirement, which is a list and more.
     */
    private static long requirements(long size) {
      return plus(
          NEW_LIST_COST - 1, plus(tenths(size), times(REQUIREMENT_COST, size / 2 + size % 2)));
    }

    private long mostParts() {
      return given.size() < 3 || literal(2, 0) == 0 ? max(0) : literal(2, max(0));
    }

    /** The longest text is made where the shortest pattern gives way to the longest text. */
    private SizeRange replaced() {
      SizeRange text = size(0);
      SizeRange pattern = size(1);
      SizeRange substitute = size(2);
      long most;
      if (pattern.min() == 0) {
        most = plus(text.max(), times(plus(1, text.max()), substitute.max()));
      } else if (substitute.max() <= pattern.min()) {
        most = text.max();
      } else {
        long times = (text.max() - 1) / pattern.min() + 1;
        most = times(times, substitute.max());
      }
      return SizeRange.upTo(most);
    }

    private CallEstimate joined() {
      SizeRange list = size(0);
      SizeRange text =
          type(0) instanceof ListType
              ? list.times(sizes.elementSize(given.get(0)))
              : SizeRange.exactly(0);
      if (given.size() > 1) {
        SizeRange separators =
            new SizeRange(Math.max(0, list.min() - 1), Math.max(0, list.max() - 1));
        text = text.plus(size(1).times(separators));
      }
      return new CallEstimate(tenths(text.max()), text);
    }

    private static CallEstimate newList(long factor, SizeRange size) {
      return new CallEstimate(plus(NEW_LIST_COST, times(factor, size.max())), size);
    }

    private static CallEstimate sorted(String overload, SizeRange size) {
      SizeRange pairs = size.times(size);
      boolean hasText = overload.startsWith("list_string") || overload.startsWith("list_bytes");
      long text = hasText ? tenths(pairs.max()) : 0;
      return new CallEstimate(plus(NEW_LIST_COST, plus(times(2, pairs.max()), text)), pairs);
    }

    private CallEstimate equality(String overload) {
      return switch (type(0).name()) {
        case "kubernetes.Quantity", "kubernetes.Semver", IpAddress.TYPE_NAME, Cidr.TYPE_NAME ->
            of(1);
        case Url.TYPE_NAME -> overload.equals("equals") ? of(tenths(max(1))) : ofOverload(overload);
        case NamedFormat.TYPE_NAME ->
            overload.equals("equals") ? of(FORMAT_COST) : ofOverload(overload);
        default -> ofOverload(overload);
      };
    }

    /** The value of an argument that is an int literal; 0 for what is below it. */
    private long literal(int index, long otherwise) {
      CelConstant constant = given.get(index).constantOrDefault();
      return constant.getKind() == CelConstant.Kind.INT64_VALUE
          ? Math.max(0, constant.int64Value())
          : otherwise;
    }
  }
}
