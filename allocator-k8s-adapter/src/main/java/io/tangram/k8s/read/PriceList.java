package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.device.Node;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What nodes cost while they are in use, by their labels or by the machine they are. The first
 * entry that is for a node counts.
 *
 * <pre>{@code
 * prices:
 * - matchLabels: {node.kubernetes.io/instance-type: p5.48xlarge}
 *   price: 98.32
 * - model: 8xH100-80GB
 *   price: 31.5
 * default: 10
 * }</pre>
 *
 * @param source what messages call it
 * @param entries the entries, in order
 * @param otherwise what a node costs that no entry is for, in millionths of the unit
 */
public record PriceList(String source, ImmutableList<Entry> entries, Optional<Long> otherwise) {

  /** How many parts of the unit prices are counted in. */
  public static final long MILLION = 1_000_000;

  /** Below this every sum of prices is exact, also as a floating-point number. */
  private static final long MOST_TOGETHER = 1L << 53;

  /**
   * The price of some nodes.
   *
   * @param labels labels that they all have
   * @param model the machine that they all are, by its name in the hardware catalogue
   * @param price what each of them costs, in millionths of the unit
   */
  public record Entry(ImmutableMap<String, String> labels, Optional<String> model, long price) {

    private boolean isFor(Node node, NodeMachines machines) {
      return node.labels().entrySet().containsAll(labels.entrySet())
          && model.map(name -> machines.of(node).contains(name)).orElse(true);
    }
  }

  /**
   * Reads a list.
   *
   * @throws InputException if the file can't be read or is no such list
   */
  public static PriceList read(InputFile file) {
    return PriceListParser.parse(file);
  }

  /**
   * Returns the price of each node of the problem, in millionths of the unit.
   *
   * @throws InputException if a node has no price, or their sum is too large to count with
   */
  public ImmutableMap<String, Long> of(AllocationProblem problem) {
    NodeMachines machines = new NodeMachines(problem);
    ImmutableMap.Builder<String, Long> prices = ImmutableMap.builder();
    long sum = 0;
    for (Node node : problem.nodes()) {
      long price =
          price(node, machines).orElseThrow(() -> missing(node, problem.nodes(), machines));
      prices.put(node.name(), price);
      sum += price;
      if (sum > MOST_TOGETHER) {
        throw new InputException(
            source
                + ": the prices of all nodes together are more than "
                + BigDecimal.valueOf(MOST_TOGETHER, 6)
                + ", the most that can be counted exactly. Give them in a larger unit.");
      }
    }
    return prices.buildOrThrow();
  }

  private Optional<Long> price(Node node, NodeMachines machines) {
    return entries.stream()
        .filter(entry -> entry.isFor(node, machines))
        .findFirst()
        .map(Entry::price)
        .or(() -> otherwise);
  }

  private InputException missing(Node first, List<Node> nodes, NodeMachines machines) {
    long others = nodes.stream().filter(node -> price(node, machines).isEmpty()).count() - 1;
    return new InputException(
        source
            + ": prices: no entry is for node "
            + first.name()
            + " ("
            + machines.describe(first)
            + ")"
            + (others == 0 ? "" : " and " + others + " more")
            + "; cost needs a price for every node. Add an entry with its labels or its model, or a"
            + " default.");
  }
}
