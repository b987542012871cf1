package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an expression reads of a device, by following the variable {@code device} through
 * selections and indices by constant keys, also under the names that {@code cel.bind} gives. Where
 * the device, its attributes or capacities, or those of a domain are used in any other way, the
 * expression may read everything.
 */
final class ExpressionReads {

  /** What a node stands for. */
  private sealed interface Place {
    /** The device. */
    record DevicePlace() implements Place {}

    /** All attributes, or all capacities. */
    record Domains(boolean attributes) implements Place {}

    /** The attributes or the capacities of a domain. */
    record Domain(boolean attributes, String name) implements Place {}
  }

  /** Ends the search: anything may be read. */
  private static final class Everything extends RuntimeException {
    private static final long serialVersionUID = 1;

    Everything() {
      super("everything", null, false, false);
    }
  }

  private final CelAbstractSyntaxTree ast;
  private final ImmutableSet.Builder<QualifiedName> attributes = ImmutableSet.builder();
  private final ImmutableSet.Builder<QualifiedName> capacities = ImmutableSet.builder();
  private boolean driver;
  private boolean allowMultipleAllocations;

  private ExpressionReads(CelAbstractSyntaxTree ast) {
    this.ast = ast;
  }

  /** Returns what a checked expression reads. */
  static SelectorReads of(CelAbstractSyntaxTree ast) {
    ExpressionReads reads = new ExpressionReads(ast);
    Map<String, @Nullable Place> names = new HashMap<>();
    names.put(DeviceType.VARIABLE, new Place.DevicePlace());
    try {
      reads.visitValue(ast.getExpr(), names);
    } catch (Everything e) {
      return SelectorReads.EVERYTHING;
    }
    return new SelectorReads(
        false,
        reads.driver,
        reads.allowMultipleAllocations,
        reads.attributes.build(),
        reads.capacities.build());
  }

  /** Visits a node where only a value, not a part of the device's structure, may be used. */
  private void visitValue(CelExpr expr, Map<String, @Nullable Place> names) {
    if (visit(expr, names) != null) {
      throw new Everything();
    }
  }

  /** Visits a node and returns the place it stands for, or null for a plain value. */
  private @Nullable Place visit(CelExpr expr, Map<String, @Nullable Place> names) {
    return switch (expr.getKind()) {
      case IDENT -> names.get(nameOf(expr));
      case SELECT -> visitSelect(expr, names);
      case CALL -> visitCall(expr.call(), names);
      case COMPREHENSION -> visitComprehension(expr.comprehension(), names);
      default -> {
        Nodes.children(expr).forEach(child -> visitValue(child, names));
        yield null;
      }
    };
  }

  /** A leading dot means the variable, whatever names hide it. */
  private static String nameOf(CelExpr ident) {
    String name = ident.ident().name();
    if (name.equals("." + DeviceType.VARIABLE)) {
      throw new Everything();
    }
    return name;
  }

  private @Nullable Place visitSelect(CelExpr expr, Map<String, @Nullable Place> names) {
    if (ast.getReference(expr.id()).isPresent()) {
      return null; // a qualified name, and the device has none
    }
    return part(visit(expr.select().operand(), names), expr.select().field());
  }

  /** The part of a place that a constant key selects; counts as read if it is a value. */
  private @Nullable Place part(@Nullable Place place, String key) {
    if (place instanceof Place.DevicePlace) {
      return field(key);
    } else if (place instanceof Place.Domains domains) {
      if (key.isEmpty()) {
        throw new Everything(); // not the domain that an unqualified name has
      }
      return new Place.Domain(domains.attributes(), key);
    } else if (place instanceof Place.Domain domain) {
      (domain.attributes() ? attributes : capacities).add(QualifiedName.of(domain.name(), key));
    }
    return null;
  }

  private @Nullable Place field(String name) {
    return switch (name) {
      case DeviceType.ATTRIBUTES -> new Place.Domains(true);
      case DeviceType.CAPACITY -> new Place.Domains(false);
      case DeviceType.DRIVER -> {
        driver = true;
        yield null;
      }
      default -> {
        allowMultipleAllocations = true;
        yield null;
      }
    };
  }

  private @Nullable Place visitCall(CelCall call, Map<String, @Nullable Place> names) {
    List<CelExpr> given = call.args();
    String function = call.function();
    if (function.equals(Operator.INDEX.getFunction())
        || function.equals(Operator.OPTIONAL_INDEX.getFunction())
        || function.equals(Operator.OPTIONAL_SELECT.getFunction())) {
      Place place = visit(given.get(0), names);
      if (place == null || !isText(given.get(1))) {
        return visitPlain(place, given.get(1), names);
      }
      return part(place, given.get(1).constant().stringValue());
    }
    if (function.equals(Operator.IN.getFunction()) && isText(given.get(0))) {
      Place place = visit(given.get(1), names);
      if (place instanceof Place.Domain) {
        return part(place, given.get(0).constant().stringValue());
      }
      return visitPlain(place, given.get(0), names);
    }
    call.target().ifPresent(target -> visitValue(target, names));
    given.forEach(argument -> visitValue(argument, names));
    return null;
  }

  private @Nullable Place visitPlain(
      @Nullable Place place, CelExpr other, Map<String, @Nullable Place> names) {
    if (place != null) {
      throw new Everything();
    }
    visitValue(other, names);
    return null;
  }

  private static boolean isText(CelExpr expr) {
    return expr.constantOrDefault().getKind() == CelConstant.Kind.STRING_VALUE;
  }

  private @Nullable Place visitComprehension(
      CelComprehension loop, Map<String, @Nullable Place> names) {
    visitValue(loop.iterRange(), names);
    Place accumulated = visit(loop.accuInit(), names);
    boolean binds = Nodes.isBinding(loop);
    if (!binds && accumulated != null) {
      throw new Everything();
    }
    Map<String, @Nullable Place> inResult = new HashMap<>(names);
    inResult.put(loop.accuVar(), accumulated);
    if (!binds) {
      Map<String, @Nullable Place> inLoop = new HashMap<>(inResult);
      inLoop.put(loop.iterVar(), null);
      inLoop.put(loop.iterVar2(), null);
      visitValue(loop.loopCondition(), inLoop);
      visitValue(loop.loopStep(), inLoop);
    }
    return visit(loop.result(), inResult);
  }
}
