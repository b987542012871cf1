package io.tangram.k8s.cel;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.BoolList;
import io.tangram.api.device.AttributeValue.BoolValue;
import io.tangram.api.device.AttributeValue.IntList;
import io.tangram.api.device.AttributeValue.IntValue;
import io.tangram.api.device.AttributeValue.StringList;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.AttributeValue.UnknownValue;
import io.tangram.api.device.AttributeValue.VersionList;
import io.tangram.api.device.AttributeValue.VersionValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The cases of {@code cel-corpus.txt}; its head says how it is written. */
record Corpus(ImmutableMap<String, Fixture> fixtures, ImmutableList<Case> cases) {

  /** A device and its driver. */
  record Fixture(String driver, Device device) {}

  /** An expression, a fixture and what the one says of the other. */
  record Case(
      int line, String source, String fixture, String result, String expression, String message) {}

  static Corpus load() {
    try {
      return parse(
          Resources.readLines(
              Resources.getResource(Corpus.class, "cel-corpus.txt"), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Corpus parse(List<String> lines) {
    Map<String, Fixture> fixtures = new LinkedHashMap<>();
    List<Case> cases = new ArrayList<>();
    ImmutableDevice.Builder device = Device.builder();
    String name = "";
    String driver = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      List<String> words = Splitter.on(' ').omitEmptyStrings().splitToList(line);
      if (line.startsWith("device ")) {
        name = words.get(1);
        driver = words.get(2);
        device = Device.builder().name(name).allowMultipleAllocations(words.contains("shared"));
        fixtures.put(name, new Fixture(driver, device.build()));
      } else if (line.startsWith("  ")) {
        read(words, device);
        fixtures.put(name, new Fixture(driver, device.build()));
      } else if (line.startsWith("-> ")) {
        Case last = cases.remove(cases.size() - 1);
        cases.add(
            new Case(
                last.line(),
                last.source(),
                last.fixture(),
                last.result(),
                last.expression(),
                line.substring(3)));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        List<String> columns = Splitter.on(' ').limit(4).splitToList(line);
        cases.add(
            new Case(i + 1, columns.get(0), columns.get(1), columns.get(2), columns.get(3), ""));
      }
    }
    return new Corpus(ImmutableMap.copyOf(fixtures), ImmutableList.copyOf(cases));
  }

  private static void read(List<String> words, ImmutableDevice.Builder device) {
    QualifiedName name = QualifiedName.parse(words.get(1));
    if (words.get(0).equals("capacity")) {
      device.putCapacity(name, DeviceCapacity.of(Quantity.parse(words.get(2))));
    } else {
      device.putAttributes(name, value(words.get(2), words.subList(3, words.size())));
    }
  }

  private static AttributeValue value(String type, List<String> texts) {
    return switch (type) {
      case "bool" -> new BoolValue(Boolean.parseBoolean(texts.get(0)));
      case "int" -> new IntValue(Long.parseLong(texts.get(0)));
      case "string" -> new StringValue(texts.get(0));
      case "version" -> new VersionValue(texts.get(0));
      case "bools" -> new BoolList(list(texts, Boolean::parseBoolean));
      case "ints" -> new IntList(list(texts, Long::parseLong));
      case "strings" -> new StringList(list(texts, text -> text));
      case "versions" -> new VersionList(list(texts, text -> text));
      case "unknown" -> new UnknownValue();
      default -> throw new IllegalArgumentException("no type of attributes: " + type);
    };
  }

  private static <T> ImmutableList<T> list(List<String> texts, Function<String, T> parser) {
    return texts.stream().map(parser).collect(ImmutableList.toImmutableList());
  }
}
