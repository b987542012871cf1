package io.tangram.api.catalog;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the table of topologies: one fact a line, as the table's own comments explain. */
final class TopologyTable extends FactTable {

  private static final Splitter WORDS = Splitter.on(' ');

  private final HardwareCatalog catalog;
  private final ImmutableList.Builder<MachineTopology> topologies = ImmutableList.builder();
  private final Set<String> names = new HashSet<>();

  private int topologyLine;
  private ImmutableMachineTopology.@Nullable Builder topology;
  private int gpus;
  private Map<GpuPair, Integer> nvLinks = new LinkedHashMap<>();
  private Map<GpuPair, PciePath> paths = new LinkedHashMap<>();

  private TopologyTable(String origin, HardwareCatalog catalog) {
    super(origin);
    this.catalog = catalog;
  }

  static ImmutableList<MachineTopology> parse(String origin, String text, HardwareCatalog catalog) {
    TopologyTable table = new TopologyTable(origin, catalog);
    table.read(text);
    table.finishTopology();
    return table.topologies.build();
  }

  @Override
  void fact(String keyword, String value) {
    if (keyword.equals("topology")) {
      finishTopology();
      if (!names.add(value)) {
        throw malformed("there is a topology " + value + " already");
      }
      topology = MachineTopology.builder().name(value);
      topologyLine = lineNumber();
      gpus = 0;
      nvLinks = new LinkedHashMap<>();
      paths = new LinkedHashMap<>();
    } else if (topology == null) {
      throw malformed("\"" + keyword + "\" comes before the first topology");
    } else {
      fact(topology, keyword, value);
    }
  }

  private void fact(ImmutableMachineTopology.Builder topology, String keyword, String value) {
    switch (keyword) {
      case "about" -> topology.about(value);
      case "gpu-model" -> topology.addGpuModels(gpuModel(catalog, value));
      case "gpus" -> {
        gpus = known(keyword, value);
        topology.gpus(gpus);
      }
      case "nvlinks" -> {
        int count = known(keyword, firstWord(value));
        pairs(keyword, value, nvLinks.keySet()).forEach(pair -> nvLinks.put(pair, count));
      }
      case "nvlink-gb-per-second" -> topology.nvLinkGbPerSecond(decimal(keyword, value));
      case "nvlink-domain" -> topology.nvLinkDomain(domain(value));
      case "nvswitches" -> topology.nvSwitches(known(keyword, value));
      case "path" -> {
        PciePath path = path(firstWord(value));
        pairs(keyword, value, paths.keySet()).forEach(pair -> paths.put(pair, path));
      }
      case "numa" -> topology.numaNodes(numaNodes(value));
      case "nics" -> topology.nics(value);
      case "source" -> topology.addSources(value);
      case "note" -> topology.addNotes(value);
      default -> throw malformed("\"" + keyword + "\" is not a keyword");
    }
  }

  private void finishTopology() {
    if (topology != null) {
      try {
        topologies.add(topology.nvLinks(nvLinks).paths(paths).build());
      } catch (IllegalStateException e) {
        throw malformed(topologyLine, "the topology is not complete: " + e.getMessage());
      }
    }
  }

  private static String firstWord(String value) {
    return WORDS.split(value).iterator().next();
  }

  /** Reads the pairs behind the first word; none of them may have been named before. */
  private List<GpuPair> pairs(String keyword, String value, Set<GpuPair> named) {
    List<String> words = WORDS.splitToList(value);
    List<GpuPair> pairs = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      if (word.equals("all")) {
        allPairs().stream().filter(pair -> !named.contains(pair)).forEach(pairs::add);
      } else {
        pairs.add(pair(word));
      }
    }
    if (pairs.isEmpty()) {
      throw malformed(keyword + " \"" + value + "\" names no pair of the " + gpus + " GPUs");
    }
    for (GpuPair pair : pairs) {
      if (named.contains(pair)) {
        throw malformed(keyword + " of GPUs " + pair + " is there already");
      }
    }
    return pairs;
  }

  private List<GpuPair> allPairs() {
    List<GpuPair> pairs = new ArrayList<>();
    for (int first = 0; first < gpus; first++) {
      for (int second = first + 1; second < gpus; second++) {
        pairs.add(new GpuPair(first, second));
      }
    }
    return pairs;
  }

  private GpuPair pair(String word) {
    List<String> ends = Splitter.on('-').splitToList(word);
    int first = ends.size() == 2 ? known("a pair", ends.get(0)) : 0;
    int second = ends.size() == 2 ? known("a pair", ends.get(1)) : 0;
    if (first >= second || second >= gpus) {
      throw malformed("\"" + word + "\" is no pair of the " + gpus + " GPUs, as 0-1");
    }
    return new GpuPair(first, second);
  }

  private PciePath path(String word) {
    return Arrays.stream(PciePath.values())
        .filter(path -> path.name().equals(word))
        .findFirst()
        .orElseThrow(
            () -> malformed("\"" + word + "\" is none of " + Arrays.toString(PciePath.values())));
  }

  private List<OptionalInt> numaNodes(String value) {
    List<OptionalInt> nodes = new ArrayList<>();
    WORDS.split(value).forEach(word -> nodes.add(number("numa", word)));
    if (nodes.size() != gpus) {
      throw malformed("there are " + nodes.size() + " NUMA nodes for " + gpus + " GPUs");
    }
    return nodes;
  }

  private MachineTopology.NvLinkDomain domain(String value) {
    List<String> words = WORDS.splitToList(value);
    if (words.size() != 2) {
      throw malformed("nvlink-domain \"" + value + "\" is not GPUS NODES");
    }
    return new MachineTopology.NvLinkDomain(
        known("GPUS", words.get(0)), known("NODES", words.get(1)));
  }

  private double decimal(String keyword, String value) {
    Double number = Doubles.tryParse(value);
    if (number == null || !(number > 0)) {
      throw malformed(keyword + " is \"" + value + "\", not a number");
    }
    return number;
  }
}
