package io.tangram.k8s.read;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.tangram.api.catalog.PciePath;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link TopologyListing}, line by line. */
final class TopologyListingParser {

  /** The name of a GPU. */
  static final Pattern GPU = Pattern.compile("GPU[0-9]+");

  private static final String AGAIN = "Write the file again with nvidia-smi topo -m.";

  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_NUMA_NODES = 1 << 10;

  private static final Pattern ESCAPE = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern DEVICE = Pattern.compile("[A-Za-z][A-Za-z0-9_.:-]*");
  private static final Pattern NV_LINKS = Pattern.compile("NV([1-9][0-9]?)");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

  private static final String SELF = "X";
  private static final String NOT_SAID = "N/A";
  private static final String NUMA_AFFINITY = "NUMA Affinity";
  private static final List<String> NIC_LEGEND = List.of("NIC", "Legend:");

  /** Columns behind those of devices, each of two words or more. */
  private static final List<List<String>> OTHER_COLUMNS =
      List.of(
          List.of("CPU", "Affinity"), List.of("NUMA", "Affinity"), List.of("GPU", "NUMA", "ID"));

  /** The byte order mark may be before the first word. */
  private static final Splitter WORDS =
      Splitter.on(CharMatcher.whitespace().or(CharMatcher.is('\uFEFF'))).omitEmptyStrings();

  private final InputFile file;
  private int lineNumber;

  private final List<String> devices = new ArrayList<>();
  private final List<String> otherColumns = new ArrayList<>();
  private final Map<String, Row> rows = new HashMap<>();
  private final Map<String, String> interfaces = new HashMap<>();

  /** A line of the matrix. */
  private record Row(int line, List<String> cells, ImmutableSortedSet<Integer> numaNodes) {}

  private TopologyListingParser(InputFile file) {
    this.file = file;
  }

  static TopologyListing parse(InputFile file) {
    TopologyListingParser parser = new TopologyListingParser(file);
    parser.readLines(text(file));
    return parser.listing();
  }

  private static String text(InputFile file) {
    try (InputStream in = file.open()) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new InputException(
            file + ": is larger than 1 MiB, which no listing of a machine is. " + AGAIN);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(file + ": not UTF-8 text; save it in UTF-8.");
    } catch (IOException e) {
      throw new InputException(file + ": can't be read: " + e.getMessage() + ".");
    }
  }

  private void readLines(String text) {
    boolean inNicLegend = false;
    for (String line : text.lines().toList()) {
      lineNumber++;
      List<String> words = WORDS.splitToList(ESCAPE.matcher(line).replaceAll(""));
      if (isHeader(words)) {
        readHeader(words);
      } else if (words.equals(NIC_LEGEND)) {
        inNicLegend = true;
      } else if (inNicLegend) {
        inNicLegend = readInterface(words);
      } else if (rows.size() < devices.size() && !words.isEmpty()) {
        readRow(words);
      }
    }
  }

  /** The header begins with a GPU as rows do, but has no cell of a device with itself. */
  private static boolean isHeader(List<String> words) {
    return !words.isEmpty()
        && GPU.matcher(words.get(0)).matches()
        && words.stream().noneMatch(word -> word.equals(SELF) || cell(word).isPresent());
  }

  private void readHeader(List<String> words) {
    if (!devices.isEmpty()) {
      throw bad("a second matrix begins. Give each machine a file of its own.");
    }
    int at = 0;
    while (at < words.size()) {
      List<String> rest = words.subList(at, words.size());
      Optional<List<String>> other =
          OTHER_COLUMNS.stream().filter(each -> begins(rest, each)).findFirst();
      if (other.isPresent()) {
        otherColumns.add(String.join(" ", other.get()));
        at += other.get().size();
      } else {
        addDevice(rest.get(0));
        at++;
      }
    }
  }

  private static boolean begins(List<String> words, List<String> first) {
    return words.size() >= first.size() && words.subList(0, first.size()).equals(first);
  }

  private void addDevice(String column) {
    if (!otherColumns.isEmpty() || !DEVICE.matcher(column).matches()) {
      throw bad(
          "\""
              + column
              + "\" is no column of such a matrix, which has devices, then CPU Affinity, NUMA"
              + " Affinity and GPU NUMA ID. "
              + AGAIN);
    }
    if (devices.contains(column)) {
      throw bad("there are two columns " + column + ". " + AGAIN);
    }
    devices.add(column);
  }

  private void readRow(List<String> words) {
    String name = words.get(0);
    if (!devices.contains(name)) {
      throw bad("\"" + name + "\" is no column, and " + missingRows() + " still to come. " + AGAIN);
    }
    if (rows.containsKey(name)) {
      throw bad("there is a line of " + name + " already. " + AGAIN);
    }
    int count = devices.size();
    if (words.size() - 1 < count) {
      throw bad(name + " has " + (words.size() - 1) + " of " + count + " links. " + AGAIN);
    }
    List<String> cells = words.subList(1, count + 1);
    for (int i = 0; i < count; i++) {
      requireCell(name, devices.get(i), cells.get(i));
    }
    rows.put(
        name, new Row(lineNumber, cells, numaNodes(name, words.subList(count + 1, words.size()))));
  }

  private void requireCell(String name, String other, String word) {
    boolean isRight = name.equals(other) ? word.equals(SELF) : cell(word).isPresent();
    if (!isRight) {
      throw bad(
          name
              + " to "
              + other
              + " is \""
              + word
              + "\", not "
              + (name.equals(other) ? SELF : "NV1 to NV99 or one of PIX, PXB, PHB, NODE, SYS")
              + ". "
              + AGAIN);
    }
  }

  private String missingRows() {
    List<String> missing = devices.stream().filter(name -> !rows.containsKey(name)).toList();
    return "the "
        + (missing.size() == 1 ? "line of " : "lines of ")
        + String.join(", ", missing)
        + (missing.size() == 1 ? " is" : " are");
  }

  private ImmutableSortedSet<Integer> numaNodes(String name, List<String> values) {
    if (values.isEmpty()) {
      return ImmutableSortedSet.of();
    }
    if (values.size() != otherColumns.size()) {
      throw bad(
          name
              + " has "
              + values.size()
              + (values.size() == 1 ? " value" : " values")
              + " behind its links, but the columns there are "
              + (otherColumns.isEmpty() ? "none" : String.join(", ", otherColumns))
              + ". Write N/A for what is not said.");
    }
    int at = otherColumns.indexOf(NUMA_AFFINITY);
    return at < 0 || values.get(at).equals(NOT_SAID)
        ? ImmutableSortedSet.of()
        : numaNodes(name, values.get(at));
  }

  private ImmutableSortedSet<Integer> numaNodes(String name, String value) {
    ImmutableSortedSet.Builder<Integer> nodes = ImmutableSortedSet.naturalOrder();
    for (String part : Splitter.on(',').split(value)) {
      Matcher range = RANGE.matcher(part);
      int first = range.matches() ? Integer.parseInt(range.group(1)) : MOST_NUMA_NODES;
      String end = range.matches() ? range.group(2) : null;
      int last = end == null ? first : Integer.parseInt(end);
      if (first > last || last >= MOST_NUMA_NODES) {
        throw bad(
            "the NUMA affinity of "
                + name
                + " is \""
                + value
                + "\", not N/A or numbers below "
                + MOST_NUMA_NODES
                + " such as 0 or 0-1. "
                + AGAIN);
      }
      for (int node = first; node <= last; node++) {
        nodes.add(node);
      }
    }
    return nodes.build();
  }

  /** Reads a line of the legend of NICs; returns whether that goes on. */
  private boolean readInterface(List<String> words) {
    if (words.size() != 2 || !words.get(0).endsWith(":")) {
      return words.isEmpty();
    }
    String name = words.get(0).substring(0, words.get(0).length() - 1);
    if (!devices.contains(name)) {
      throw bad("the legend has \"" + name + "\", which is no column. " + AGAIN);
    }
    if (interfaces.put(name, words.get(1)) != null) {
      throw bad("the legend has " + name + " twice. " + AGAIN);
    }
    return true;
  }

  private static Optional<Link> cell(String word) {
    Matcher nvLinks = NV_LINKS.matcher(word);
    return nvLinks.matches()
        ? Optional.of(Link.ofNvLinks(Integer.parseInt(nvLinks.group(1))))
        : Arrays.stream(PciePath.values())
            .filter(path -> path.name().equals(word))
            .map(path -> Link.ofPath(path).withNvLinks(0))
            .findFirst();
  }

  private TopologyListing listing() {
    if (devices.isEmpty()) {
      throw new InputException(
          file + ": has no line of columns, such as GPU0 GPU1 CPU Affinity. " + AGAIN);
    }
    if (rows.size() < devices.size()) {
      throw new InputException(file + ": ends, but " + missingRows() + " still to come. " + AGAIN);
    }
    LinkGraph<String> links = LinkGraph.among(devices, this::link);
    return new TopologyListing(
        devices.stream()
            .map(
                name ->
                    new ListedDevice(
                        name, Optional.ofNullable(interfaces.get(name)), row(name).numaNodes))
            .collect(ImmutableList.toImmutableList()),
        links);
  }

  private Link link(String one, String other) {
    Row earlier = row(one).line < row(other).line ? row(one) : row(other);
    String there = row(one).cells.get(devices.indexOf(other));
    String back = row(other).cells.get(devices.indexOf(one));
    if (!there.equals(back)) {
      lineNumber = Math.max(row(one).line, row(other).line);
      throw bad(
          other
              + " to "
              + one
              + " is "
              + back
              + ", but "
              + one
              + " to "
              + other
              + " is "
              + there
              + " on line "
              + earlier.line
              + ". "
              + AGAIN);
    }
    return cell(there).orElseThrow();
  }

  private Row row(String name) {
    return Objects.requireNonNull(rows.get(name));
  }

  private InputException bad(String problem) {
    return new InputException(file + ": line " + lineNumber + ": " + problem);
  }
}
