package io.tangram.k8s.cel;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;
import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static io.tangram.k8s.cel.DeviceType.QUANTITY;
import static io.tangram.k8s.cel.DeviceType.SEMVER;
import static io.tangram.k8s.cel.Parsing.isValid;
import static io.tangram.k8s.cel.Parsing.parse;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/**
 * The functions on quantities and versions, and {@code includes} (sections 4.1 and 4.2 of the
 * rules).
 */
final class KubernetesFunctions implements CelCompilerLibrary, CelRuntimeLibrary {

  /** The longest list {@code includes} looks through. */
  private static final int MAX_INCLUDES = 48;

  private static final BigDecimal LEAST_INT = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal GREATEST_INT = BigDecimal.valueOf(Long.MAX_VALUE);

  @Override
  public void setCheckerOptions(CelCheckerBuilder checker) {
    checker.addFunctionDeclarations(
        newFunctionDeclaration(
            "quantity", newGlobalOverload("string_to_quantity", QUANTITY, STRING)),
        newFunctionDeclaration("isQuantity", newGlobalOverload("is_quantity_string", BOOL, STRING)),
        newFunctionDeclaration("sign", newGlobalOverload("quantity_sign", INT, QUANTITY)),
        newFunctionDeclaration(
            "asApproximateFloat", newMemberOverload("quantity_get_float", DOUBLE, QUANTITY)),
        newFunctionDeclaration("asInteger", newMemberOverload("quantity_get_int", INT, QUANTITY)),
        newFunctionDeclaration(
            "isInteger", newMemberOverload("quantity_is_integer", BOOL, QUANTITY)),
        newFunctionDeclaration(
            "add",
            newMemberOverload("quantity_add", QUANTITY, QUANTITY, QUANTITY),
            newMemberOverload("quantity_add_int", QUANTITY, QUANTITY, INT)),
        newFunctionDeclaration(
            "sub",
            newMemberOverload("quantity_sub", QUANTITY, QUANTITY, QUANTITY),
            newMemberOverload("quantity_sub_int", QUANTITY, QUANTITY, INT)),
        newFunctionDeclaration(
            "semver",
            newGlobalOverload("string_to_semver", SEMVER, STRING),
            newGlobalOverload("string_bool_to_semver", SEMVER, STRING, BOOL)),
        newFunctionDeclaration(
            "isSemver",
            newGlobalOverload("is_semver_string", BOOL, STRING),
            newGlobalOverload("is_semver_string_bool", BOOL, STRING, BOOL)),
        newFunctionDeclaration("major", newMemberOverload("semver_major", INT, SEMVER)),
        newFunctionDeclaration("minor", newMemberOverload("semver_minor", INT, SEMVER)),
        newFunctionDeclaration("patch", newMemberOverload("semver_patch", INT, SEMVER)),
        newFunctionDeclaration(
            "isGreaterThan",
            newMemberOverload("quantity_is_greater_than", BOOL, QUANTITY, QUANTITY),
            newMemberOverload("semver_is_greater_than", BOOL, SEMVER, SEMVER)),
        newFunctionDeclaration(
            "isLessThan",
            newMemberOverload("quantity_is_less_than", BOOL, QUANTITY, QUANTITY),
            newMemberOverload("semver_is_less_than", BOOL, SEMVER, SEMVER)),
        newFunctionDeclaration(
            "compareTo",
            newMemberOverload("quantity_compare_to", INT, QUANTITY, QUANTITY),
            newMemberOverload("semver_compare_to", INT, SEMVER, SEMVER)),
        newFunctionDeclaration("includes", newMemberOverload("dra_includes", BOOL, DYN, DYN)));
  }

  @Override
  public void setRuntimeOptions(CelRuntimeBuilder runtime) {
    addQuantities(runtime);
    addVersions(runtime);
    runtime.addFunctionBindings(
        CelFunctionBinding.from(
            "dra_includes", Object.class, Object.class, KubernetesFunctions::includes));
  }

  private static void addQuantities(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from(
            "string_to_quantity", String.class, text -> parse(Quantity::parse, text)),
        CelFunctionBinding.from("is_quantity_string", String.class, Quantity::isQuantity),
        CelFunctionBinding.from(
            "quantity_sign", Quantity.class, quantity -> (long) quantity.signum()),
        CelFunctionBinding.from(
            "quantity_get_float", Quantity.class, quantity -> quantity.value().doubleValue()),
        CelFunctionBinding.from("quantity_get_int", Quantity.class, KubernetesFunctions::asInteger),
        CelFunctionBinding.from(
            "quantity_is_integer", Quantity.class, KubernetesFunctions::isInteger),
        CelFunctionBinding.from("quantity_add", Quantity.class, Quantity.class, Quantity::plus),
        CelFunctionBinding.from(
            "quantity_add_int",
            Quantity.class,
            Long.class,
            (quantity, number) -> quantity.plus(Quantity.of(number))),
        CelFunctionBinding.from("quantity_sub", Quantity.class, Quantity.class, Quantity::minus),
        CelFunctionBinding.from(
            "quantity_sub_int",
            Quantity.class,
            Long.class,
            (quantity, number) -> quantity.minus(Quantity.of(number))));
    addComparisons(runtime, "quantity", Quantity.class);
  }

  private static void addVersions(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from(
            "string_to_semver", String.class, text -> parse(SemanticVersion::parse, text)),
        CelFunctionBinding.from(
            "string_bool_to_semver",
            String.class,
            Boolean.class,
            (text, normalize) -> parse(parser(normalize), text)),
        CelFunctionBinding.from(
            "is_semver_string", String.class, text -> isValid(SemanticVersion::parse, text)),
        CelFunctionBinding.from(
            "is_semver_string_bool",
            String.class,
            Boolean.class,
            (text, normalize) -> isValid(parser(normalize), text)),
        CelFunctionBinding.from("semver_major", SemanticVersion.class, SemanticVersion::major),
        CelFunctionBinding.from("semver_minor", SemanticVersion.class, SemanticVersion::minor),
        CelFunctionBinding.from("semver_patch", SemanticVersion.class, SemanticVersion::patch));
    addComparisons(runtime, "semver", SemanticVersion.class);
  }

  private static <T extends Comparable<T>> void addComparisons(
      CelRuntimeBuilder runtime, String prefix, Class<T> type) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from(
            prefix + "_is_greater_than", type, type, (left, right) -> left.compareTo(right) > 0),
        CelFunctionBinding.from(
            prefix + "_is_less_than", type, type, (left, right) -> left.compareTo(right) < 0),
        CelFunctionBinding.from(
            prefix + "_compare_to",
            type,
            type,
            (left, right) -> (long) Integer.signum(left.compareTo(right))));
  }

  /** Whether the quantity is whole and an int. The greatest int may stand for more (R35). */
  private static boolean isInteger(Quantity quantity) {
    BigDecimal value = quantity.value();
    return value.compareTo(LEAST_INT) >= 0
        && value.compareTo(GREATEST_INT) < 0
        && value.setScale(0, RoundingMode.DOWN).compareTo(value) == 0;
  }

  private static long asInteger(Quantity quantity) {
    if (!isInteger(quantity)) {
      String text = quantity.value().stripTrailingZeros().toPlainString();
      throw new CelFailure("cannot convert quantity " + text + " to an integer");
    }
    return quantity.value().longValue();
  }

  private static Function<String, SemanticVersion> parser(boolean normalize) {
    return normalize ? SemanticVersion::parseNormalized : SemanticVersion::parse;
  }

  /** Membership in a list, equality with any other value. */
  private static boolean includes(Object target, Object wanted) {
    if (!(target instanceof List<?> list)) {
      return Equality.compare(target, wanted) == Equality.Verdict.EQUAL;
    }
    int looked = 0;
    for (Object element : list) {
      if (looked++ == MAX_INCLUDES) {
        throw new CelFailure("includes cannot be applied to lists of over 48 values");
      }
      if (Equality.compare(element, wanted) == Equality.Verdict.EQUAL) {
        return true;
      }
    }
    return false;
  }
}
