package io.tangram.k8s.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelRuntime;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds one evaluation. The interpreter has no limits of its own that fit, so it reports every
 * value here and the meter ends the evaluation by throwing {@link LimitExceeded}.
 *
 * <p><b>Cost</b> is Kubernetes' (R52), counted from below by {@link CostPlan}.
 *
 * <p><b>Work</b> stands for the time and memory that cost does not see: lists are concatenated and
 * compared, and strings made, at a cost that can be far below their size. A unit is about a byte
 * made or compared. Reading all that fits into the work limit would exceed the cost limit, so an
 * expression has to be absurd to notice: it must make values that it never looks at.
 */
final class EvaluationMeter implements CelEvaluationListener {

  /** The greatest cost of an evaluation. */
  static final long COST_LIMIT = 1_000_000;

  /** The greatest work of an evaluation. */
  static final long WORK_LIMIT = 1L << 26;

  /** The greatest size of one value, nested values included, in elements and characters. */
  static final long SIZE_LIMIT = 1L << 24;

  /** The work for an element of a list, for comparing two values and for a node evaluated. */
  static final int ELEMENT = 8;

  /** The work for a new string, beside that for its characters. */
  static final int STRING = 40;

  /** The work for a character of a new string. */
  static final int CHARACTER = 2;

  private static final ThreadLocal<@Nullable EvaluationMeter> RUNNING = new ThreadLocal<>();

  private final CostPlan plan;
  private final @Nullable Object[] values;

  /** Sizes of lists and maps, by identity, that are larger than their number of elements. */
  private final IdentityHashMap<Object, Long> sizes = new IdentityHashMap<>();

  private long cost;
  private long work;

  EvaluationMeter(CostPlan plan) {
    this.plan = plan;
    this.values = new Object[plan.size()];
  }

  /**
   * Evaluates a program. Once for each meter.
   *
   * @throws CelEvaluationException if the expression has no value
   * @throws LimitExceeded if the evaluation takes too much
   */
  Object run(CelRuntime.Program program, Map<String, ?> variables) throws CelEvaluationException {
    RUNNING.set(this);
    try {
      return program.trace(variables, this);
    } finally {
      RUNNING.remove();
    }
  }

  /** The cost so far. */
  long cost() {
    return cost;
  }

  /**
   * Adds to the work of the evaluation that runs on this thread. Functions call it before they
   * start.
   *
   * @throws LimitExceeded if that is too much
   */
  static void work(long units) {
    @Nullable EvaluationMeter meter = RUNNING.get();
    if (meter != null) {
      meter.addWork(units);
    }
  }

  /** Adds the work for making a string of the given length. */
  static void workForString(long characters) {
    work(STRING + CHARACTER * characters);
  }

  private void addWork(long units) {
    work += units;
    if (work > WORK_LIMIT) {
      throw new LimitExceeded("the expression makes or compares too many values");
    }
  }

  @Override
  public void callback(CelExpr expr, Object value) {
    addWork(ELEMENT);
    int id = (int) expr.id();
    if (id >= values.length) {
      return; // added by AstAdaptation
    }
    values[id] = value;
    cost += plan.cost(id, values, value);
    if (cost > COST_LIMIT) {
      throw new LimitExceeded("cost limit of " + COST_LIMIT + " exceeded (R52)");
    }
    switch (expr.getKind()) {
      case LIST, MAP, COMPREHENSION -> measure(value);
      case IDENT -> {
        if (plan.origin(id) != 0 && value instanceof List<?> list) {
          setSize(list, list.size(), sizeOf(values[plan.origin(id)]) - 1);
        }
      }
      case CALL -> {
        if (plan.isAddition(id)) {
          measureSum(values[plan.argument(id, 0)], values[plan.argument(id, 1)], value);
        }
      }
      default -> {}
    }
  }

  private void measure(Object value) {
    if (value instanceof List<?> list) {
      addWork((long) ELEMENT * list.size());
      long size = 0;
      for (Object element : list) {
        size += sizeOf(element);
      }
      setSize(list, list.size(), size);
    } else if (value instanceof Map<?, ?> map && !(value instanceof DomainMap)) {
      addWork((long) ELEMENT * map.size());
      long size = 0;
      for (var entry : map.entrySet()) {
        size += sizeOf(entry.getKey()) + sizeOf(entry.getValue());
      }
      setSize(map, map.size(), size);
    }
  }

  private void measureSum(@Nullable Object left, @Nullable Object right, Object sum) {
    if (sum instanceof String string) {
      addWork(STRING + (long) CHARACTER * string.length());
    } else if (sum instanceof List<?> list && right instanceof List<?> added) {
      // macros append to their result in place
      boolean appended = left == sum;
      addWork((long) ELEMENT * (appended ? added.size() : list.size()));
      long before =
          appended ? sizes.getOrDefault(list, (long) list.size() - added.size()) : sizeOf(left);
      setSize(list, list.size(), before + sizeOf(added));
    }
  }

  private void setSize(Object value, int elements, long size) {
    if (size > SIZE_LIMIT) {
      throw new LimitExceeded("a value of the expression becomes too large");
    }
    if (size != elements) {
      sizes.put(value, size);
    }
  }

  private long sizeOf(@Nullable Object value) {
    if (value instanceof String string) {
      return 1L + string.length();
    } else if (value instanceof List<?> list) {
      return 1 + sizes.getOrDefault(list, (long) list.size());
    } else if (value instanceof Map<?, ?> map) {
      return 1 + sizes.getOrDefault(map, (long) map.size());
    } else if (value instanceof Optional<?> optional && optional.isPresent()) {
      return sizeOf(optional.get());
    }
    return 1;
  }
}
