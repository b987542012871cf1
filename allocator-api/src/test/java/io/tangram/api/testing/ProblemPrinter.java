package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.graph.EndpointPair;
import io.tangram.api.AllocationProblem;
import io.tangram.api.device.DerivedAttributes;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints problems as Java expressions that build them again, without what is left at its default.
 * It knows records by their components and builders by their attributes, so that a new field is
 * printed without a change here.
 */
final class ProblemPrinter {

  private static final String INDENT = "    ";

  /** The most pairs that {@link ImmutableMap#of} takes. */
  private static final int MOST_PAIRS = 10;

  private ProblemPrinter() {}

  /** Returns the problem as an expression of several lines. Needs imports, no other context. */
  static String print(AllocationProblem problem) {
    return expression(problem);
  }

  private static String expression(Object value) {
    if (value instanceof String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    if (value instanceof Long) {
      return value + "L";
    }
    if (value instanceof Boolean || value instanceof Integer) {
      return value.toString();
    }
    if (value instanceof Enum<?> constant) {
      return typeName(constant.getDeclaringClass()) + "." + constant.name();
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(each -> call("Optional.of", List.of(each))).orElse("Optional.empty()");
    }
    if (value instanceof ImmutableMap<?, ?> map) {
      return map(map);
    }
    if (value instanceof ImmutableSet<?> set) {
      return call("ImmutableSet.of", set);
    }
    if (value instanceof ImmutableList<?> list) {
      return call("ImmutableList.of", list);
    }
    if (value instanceof OptionalInt count) {
      return count.isPresent()
          ? call("OptionalInt.of", List.of(count.getAsInt()))
          : "OptionalInt.empty()";
    }
    if (value instanceof OptionalLong amount) {
      return amount.isPresent()
          ? call("OptionalLong.of", List.of(amount.getAsLong()))
          : "OptionalLong.empty()";
    }
    if (value instanceof LinkGraph<?> graph) {
      return call("LinkGraph.of", List.of(graph.devices(), links(graph)));
    }
    return ofType(value);
  }

  private static <D> ImmutableMap<ImmutableSet<D>, Link> links(LinkGraph<D> graph) {
    ImmutableMap.Builder<ImmutableSet<D>, Link> links = ImmutableMap.builder();
    for (EndpointPair<D> pair : graph.asGraph().edges()) {
      links.put(
          ImmutableSet.of(pair.nodeU(), pair.nodeV()), graph.link(pair.nodeU(), pair.nodeV()));
    }
    return links.buildOrThrow();
  }

  private static String map(ImmutableMap<?, ?> map) {
    boolean isSmall = map.size() <= MOST_PAIRS;
    List<String> entries = new ArrayList<>();
    map.forEach(
        (key, value) -> {
          String pair = expression(key) + ", " + expression(value);
          entries.add(isSmall ? pair : "Map.entry(" + pair + ")");
        });
    return lines(isSmall ? "ImmutableMap.of" : "ImmutableMap.ofEntries", entries);
  }

  private static String ofType(Object value) {
    if (value instanceof QualifiedName || value instanceof Quantity || value instanceof Instant) {
      return call(value.getClass().getSimpleName() + ".parse", List.of(value.toString()));
    }
    if (value instanceof UUID) {
      return call("UUID.fromString", List.of(value.toString()));
    }
    if (value.getClass().getEnclosingClass() == DeviceSelectors.class) {
      return selector((DeviceSelector) value);
    }
    if (value.getClass().getEnclosingClass() == DerivedAttributes.class) {
      return call("DerivedAttributes." + factory(value), components((Record) value));
    }
    return value instanceof Record record
        ? call("new " + typeName(value.getClass()), components(record))
        : builder(value);
  }

  /** The records behind the selectors are private; the factory method is named like the record. */
  private static String selector(DeviceSelector selector) {
    String factory = factory(selector);
    List<Object> components = components((Record) selector);
    if (factory.equals("attributeEquals")) {
      Object scalar = components.get(1);
      return call(
          "DeviceSelectors." + factory,
          List.of(components.get(0), components((Record) scalar).get(0)));
    }
    return call("DeviceSelectors." + factory, components);
  }

  private static String factory(Object value) {
    String type = value.getClass().getSimpleName();
    return Character.toLowerCase(type.charAt(0)) + type.substring(1);
  }

  private static List<Object> components(Record record) {
    return Stream.of(record.getClass().getRecordComponents())
        .map(RecordComponent::getAccessor)
        .map(accessor -> read(accessor, record))
        .toList();
  }

  /** The attributes of a value with a builder are the fields of its class, in their order. */
  private static String builder(Object value) {
    Class<?> type = value.getClass().getInterfaces()[0];
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (Field field : value.getClass().getDeclaredFields()) {
      Optional<Method> attribute = attribute(type, field.getName());
      if (attribute.isPresent() && !Modifier.isStatic(field.getModifiers())) {
        attributes.put(field.getName(), read(attribute.get(), value));
      }
    }
    return builder(typeName(type), attributes);
  }

  /** Returns an expression that builds a value of a type from attributes, those not at default. */
  static String builder(String type, Map<String, Object> attributes) {
    StringBuilder text = new StringBuilder(type).append(".builder()");
    attributes.forEach(
        (name, content) -> {
          if (!isDefault(content)) {
            text.append('\n').append(INDENT).append(indented(setter(name, content)));
          }
        });
    return text.append('\n').append(INDENT).append(".build()").toString();
  }

  private static Optional<Method> attribute(Class<?> type, String name) {
    return Stream.of(type.getMethods())
        .filter(method -> method.getName().equals(name) && method.getParameterCount() == 0)
        .findFirst();
  }

  private static String setter(String name, Object content) {
    return content instanceof Optional<?> optional
        ? call("." + name, List.of(optional.orElseThrow()))
        : call("." + name, List.of(content));
  }

  private static boolean isDefault(Object content) {
    return content.equals(false)
        || content.equals(Optional.empty())
        || (content instanceof Collection<?> collection && collection.isEmpty())
        || (content instanceof Map<?, ?> map && map.isEmpty());
  }

  private static Object read(Method accessor, Object from) {
    try {
      accessor.setAccessible(true);
      return accessor.invoke(from);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("Can't read " + accessor, e);
    }
  }

  private static String typeName(Class<?> type) {
    return type.getCanonicalName().substring(type.getPackageName().length() + 1);
  }

  private static String call(String method, Collection<?> arguments) {
    List<String> texts = new ArrayList<>();
    arguments.forEach(argument -> texts.add(expression(argument)));
    return lines(method, texts);
  }

  /** A call on one line where it is short, else with an argument a line. */
  private static String lines(String method, List<String> arguments) {
    String line = method + "(" + String.join(", ", arguments) + ")";
    if (line.length() <= 80 && !line.contains("\n")) {
      return line;
    }
    return arguments.stream()
        .map(argument -> "\n" + INDENT + indented(argument))
        .collect(Collectors.joining(",", method + "(", ")"));
  }

  private static String indented(String text) {
    return Arrays.stream(text.split("\n", -1)).collect(Collectors.joining("\n" + INDENT));
  }
}
