package io.tangram.k8s.cel;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;
import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.INT;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.UnsignedLong;
import com.google.errorprone.annotations.Immutable;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The functions on lists and sets (section 4.2 of the rules). Those that are declared for every
 * ordered type are bound once, under a name of their own ({@link #bound}): at run time all lists
 * look alike.
 */
final class ListFunctions implements CelCompilerLibrary, CelRuntimeLibrary {

  private static final String BOUND = "@list.";

  private static final ImmutableMap<String, CelType> ORDERED =
      ImmutableMap.<String, CelType>builder()
          .put("int", SimpleType.INT)
          .put("uint", SimpleType.UINT)
          .put("double", SimpleType.DOUBLE)
          .put("bool", SimpleType.BOOL)
          .put("duration", SimpleType.DURATION)
          .put("timestamp", SimpleType.TIMESTAMP)
          .put("string", SimpleType.STRING)
          .put("bytes", SimpleType.BYTES)
          .buildOrThrow();

  private static final ImmutableList<String> SUMMABLE =
      ImmutableList.of("int", "uint", "double", "duration");

  private static final ImmutableSet<String> BOUND_ONCE =
      ImmutableSet.of("isSorted", "sum", "min", "max", "sort", "@sortByAssociatedKeys");

  private static final CelType T = TypeParamType.create("T");
  private static final ListType LIST = ListType.create(T);
  private static final ListType LIST_OF_LISTS = ListType.create(LIST);
  private static final ListType DYNAMIC = ListType.create(DYN);

  /** The name under which a function of this library is bound, or null if it is another one. */
  static @Nullable String bound(String function) {
    return BOUND_ONCE.contains(function) ? BOUND + function : null;
  }

  @Override
  public void setCheckerOptions(CelCheckerBuilder checker) {
    checker.addFunctionDeclarations(
        each("isSorted", "list_%s_is_sorted_bool", type -> BOOL),
        sum(),
        each("min", "list_%1$s_min_%1$s", type -> type),
        each("max", "list_%1$s_max_%1$s", type -> type),
        newFunctionDeclaration("indexOf", newMemberOverload("list_a_index_of_int", INT, LIST, T)),
        newFunctionDeclaration(
            "lastIndexOf", newMemberOverload("list_a_last_index_of_int", INT, LIST, T)),
        newFunctionDeclaration("slice", newMemberOverload("list_slice", LIST, LIST, INT, INT)),
        newFunctionDeclaration(
            "flatten",
            newMemberOverload("list_flatten", LIST, LIST_OF_LISTS),
            newMemberOverload("list_flatten_int", DYNAMIC, DYNAMIC, INT)),
        each("sort", "list_%s_sort", ListType::create),
        sortByKeys(),
        newFunctionDeclaration(
            "lists.range", newGlobalOverload("lists_range", ListType.create(INT), INT)),
        newFunctionDeclaration("reverse", newMemberOverload("list_reverse", LIST, LIST)),
        newFunctionDeclaration("distinct", newMemberOverload("list_distinct", LIST, LIST)),
        newFunctionDeclaration(
            "sets.contains", newGlobalOverload("list_sets_contains_list", BOOL, LIST, LIST)),
        newFunctionDeclaration(
            "sets.equivalent", newGlobalOverload("list_sets_equivalent_list", BOOL, LIST, LIST)),
        newFunctionDeclaration(
            "sets.intersects", newGlobalOverload("list_sets_intersects_list", BOOL, LIST, LIST)));
  }

  /** A function that is declared for lists of every ordered type. */
  private static CelFunctionDecl each(
      String name, String overload, Function<CelType, CelType> result) {
    List<CelOverloadDecl> overloads = new ArrayList<>();
    ORDERED.forEach(
        (word, type) ->
            overloads.add(
                newMemberOverload(
                    overload.formatted(word), result.apply(type), ListType.create(type))));
    return newFunctionDeclaration(name, overloads);
  }

  private static CelFunctionDecl sum() {
    List<CelOverloadDecl> overloads = new ArrayList<>();
    for (String word : SUMMABLE) {
      CelType type = ORDERED.getOrDefault(word, DYN);
      overloads.add(
          newMemberOverload("list_%1$s_sum_%1$s".formatted(word), type, ListType.create(type)));
    }
    return newFunctionDeclaration("sum", overloads);
  }

  /** What the macro {@code sortBy} calls. */
  private static CelFunctionDecl sortByKeys() {
    List<CelOverloadDecl> overloads = new ArrayList<>();
    ORDERED.forEach(
        (word, type) ->
            overloads.add(
                newMemberOverload(
                    "list_%s_sortByAssociatedKeys".formatted(word),
                    LIST,
                    LIST,
                    ListType.create(type))));
    return newFunctionDeclaration("@sortByAssociatedKeys", overloads);
  }

  @Override
  public void setRuntimeOptions(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        once("isSorted", ListFunctions::isSorted),
        once("sum", ListFunctions::sum),
        once("min", list -> extreme("min", list, -1)),
        once("max", list -> extreme("max", list, 1)),
        once("sort", list -> sorted(list, list)),
        CelFunctionBinding.from(
            BOUND + "@sortByAssociatedKeys",
            List.class,
            List.class,
            (list, keys) -> sorted((List<?>) list, (List<?>) keys)),
        CelFunctionBinding.from(
            "list_a_index_of_int",
            List.class,
            Object.class,
            (list, value) -> indexOf((List<?>) list, value)),
        CelFunctionBinding.from(
            "list_a_last_index_of_int",
            List.class,
            Object.class,
            (list, value) -> lastIndexOf((List<?>) list, value)),
        CelFunctionBinding.from(
            "list_slice",
            ImmutableList.of(List.class, Long.class, Long.class),
            given -> slice((List<?>) given[0], (long) given[1], (long) given[2])),
        CelFunctionBinding.from("list_flatten", List.class, list -> flat((List<?>) list, 1)),
        CelFunctionBinding.from(
            "list_flatten_int",
            List.class,
            Long.class,
            (list, depth) -> flat((List<?>) list, depth)),
        CelFunctionBinding.from("lists_range", Long.class, ListFunctions::range),
        CelFunctionBinding.from("list_reverse", List.class, list -> reversed((List<?>) list)),
        CelFunctionBinding.from("list_distinct", List.class, list -> distinct((List<?>) list)),
        sets("list_sets_contains_list", ListFunctions::containsAll),
        sets(
            "list_sets_equivalent_list",
            (one, other) -> containsAll(one, other) && containsAll(other, one)),
        sets("list_sets_intersects_list", ListFunctions::intersects));
  }

  @Immutable
  @FunctionalInterface
  private interface SetTest {
    boolean of(List<?> one, List<?> other);
  }

  @Immutable
  @FunctionalInterface
  private interface ListFunction {
    Object of(List<?> list);
  }

  private static CelFunctionBinding sets(String overload, SetTest test) {
    return CelFunctionBinding.from(
        overload, List.class, List.class, (one, other) -> test.of((List<?>) one, (List<?>) other));
  }

  private static CelFunctionBinding once(String function, ListFunction body) {
    return CelFunctionBinding.from(BOUND + function, List.class, list -> body.of((List<?>) list));
  }

  /** Of values that can't be compared none is out of order. */
  private static boolean isSorted(List<?> list) {
    Object last = null;
    for (Object next : list) {
      requireOrdered("isSorted", next);
      if (last != null && Comparison.compare(last, next).orElse(0) > 0) {
        return false;
      }
      last = next;
    }
    return true;
  }

  private static void requireOrdered(String function, Object value) {
    if (!Comparison.isOrdered(value)) {
      throw CelFailure.noSuchOverload(function, value);
    }
  }

  private static Object extreme(String function, List<?> list, int sign) {
    Object found = null;
    for (Object next : list) {
      requireOrdered(function, next);
      if (found == null || Comparison.compare(next, found).orElse(0) * sign > 0) {
        found = next;
      }
    }
    if (found == null) {
      throw new CelFailure(function + " called on empty list");
    }
    return found;
  }

  private static Object sum(List<?> list) {
    Object sum = 0L;
    boolean first = true;
    for (Object next : list) {
      EvaluationMeter.work(EvaluationMeter.ELEMENT);
      boolean canBeAdded = next instanceof Number || next instanceof Duration;
      sum = first && canBeAdded ? next : sum(sum, next);
      first = false;
    }
    return sum;
  }

  private static Object sum(Object sum, Object next) {
    try {
      if (sum instanceof Long one && next instanceof Long other) {
        return Math.addExact(one, other);
      } else if (sum instanceof Double one && next instanceof Double other) {
        return one + other;
      } else if (sum instanceof Duration one && next instanceof Duration other) {
        return one.plus(other);
      } else if (sum instanceof UnsignedLong one && next instanceof UnsignedLong other) {
        UnsignedLong result = one.plus(other);
        if (result.compareTo(one) < 0) {
          throw new CelFailure("unsigned integer overflow");
        }
        return result;
      }
    } catch (ArithmeticException e) {
      throw new CelFailure("integer overflow");
    }
    throw CelFailure.noSuchOverload("sum", sum, next);
  }

  private static ImmutableList<Object> sorted(List<?> list, List<?> keys) {
    if (list.size() != keys.size()) {
      throw new CelFailure("sortBy of " + list.size() + " values by " + keys.size() + " keys");
    }
    if (list.isEmpty()) {
      return ImmutableList.of();
    }
    if (!Comparison.isOrdered(keys.get(0))) {
      throw new CelFailure("list elements must be comparable");
    }
    if (keys.stream().map(TypeNames::of).distinct().count() > 1) {
      throw new CelFailure("list elements must have the same type");
    }
    Comparator<Integer> byKey =
        (one, other) -> Comparison.compare(keys.get(one), keys.get(other)).orElse(0);
    return IntStream.range(0, list.size())
        .boxed()
        .sorted(byKey)
        .map(list::get)
        .collect(ImmutableList.toImmutableList());
  }

  private static long indexOf(List<?> list, Object value) {
    for (int i = 0; i < list.size(); i++) {
      if (Equality.compare(list.get(i), value) == Equality.Verdict.EQUAL) {
        return i;
      }
    }
    return -1;
  }

  private static long lastIndexOf(List<?> list, Object value) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (Equality.compare(list.get(i), value) == Equality.Verdict.EQUAL) {
        return i;
      }
    }
    return -1;
  }

  private static ImmutableList<?> slice(List<?> list, long start, long end) {
    String call = "slice(" + start + ", " + end + ")";
    if (start < 0 || end < 0) {
      throw new CelFailure(call + ": negative indexes are not supported");
    }
    if (start > end) {
      throw new CelFailure(call + ": the start index is greater than the end index");
    }
    if (end > list.size()) {
      throw new CelFailure(call + ": the list has only " + list.size() + " elements");
    }
    workForList(end - start);
    return ImmutableList.copyOf(list.subList((int) start, (int) end));
  }

  private static void workForList(long elements) {
    EvaluationMeter.work(EvaluationMeter.ELEMENT * elements);
  }

  private static ImmutableList<Object> flat(List<?> list, long depth) {
    if (depth < 0) {
      throw new CelFailure("level must be non-negative");
    }
    ImmutableList.Builder<Object> flat = ImmutableList.builder();
    addFlat(list, depth, flat);
    return flat.build();
  }

  private static void addFlat(List<?> list, long depth, ImmutableList.Builder<Object> flat) {
    workForList(list.size());
    for (Object element : list) {
      if (depth > 0 && element instanceof List<?> nested) {
        addFlat(nested, depth - 1, flat);
      } else {
        flat.add(element);
      }
    }
  }

  private static ImmutableList<Long> range(long end) {
    if (end > EvaluationMeter.COST_LIMIT) {
      throw new CelFailure("cost limit of " + EvaluationMeter.COST_LIMIT + " exceeded (R52)");
    }
    workForList(Math.max(0, end));
    ImmutableList.Builder<Long> range = ImmutableList.builder();
    for (long i = 0; i < end; i++) {
      range.add(i);
    }
    return range.build();
  }

  private static ImmutableList<?> reversed(List<?> list) {
    workForList(list.size());
    List<Object> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return ImmutableList.copyOf(reversed);
  }

  private static ImmutableList<Object> distinct(List<?> list) {
    List<Object> distinct = new ArrayList<>();
    for (Object element : list) {
      if (distinct.stream()
          .noneMatch(other -> Equality.compare(element, other) == Equality.Verdict.EQUAL)) {
        distinct.add(element);
      }
    }
    return ImmutableList.copyOf(distinct);
  }

  private static boolean containsAll(List<?> list, List<?> wanted) {
    return wanted.stream().allMatch(value -> Equality.contains(list, value));
  }

  private static boolean intersects(List<?> one, List<?> other) {
    return one.stream().anyMatch(value -> Equality.contains(other, value));
  }
}
