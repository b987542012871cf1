package io.tangram.solver.links;

import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkKind;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** What counts of the link of each two devices, which are numbered in the order of the graph. */
final class PairTable {

  private final int devices;
  private final long[][] rates;
  private final boolean[][] nvLinks;
  private final int[][] nearness;

  /**
   * Looks all links up.
   *
   * @param rate what is taken for the bandwidth of a link
   */
  <D> PairTable(LinkGraph<D> graph, ToLongFunction<Link> rate) {
    List<D> nodes = graph.devices();
    devices = nodes.size();
    rates = new long[devices][devices];
    nvLinks = new boolean[devices][devices];
    nearness = new int[devices][devices];
    for (int one = 0; one < devices; one++) {
      for (int other = 0; other < devices; other++) {
        if (one != other) {
          Link link = graph.link(nodes.get(one), nodes.get(other));
          rates[one][other] = rate.applyAsLong(link);
          nvLinks[one][other] = link.kind() == LinkKind.NVLINK;
          nearness[one][other] = link.nearness();
        }
      }
    }
  }

  /** How many devices there are. */
  int devices() {
    return devices;
  }

  /** The bandwidth of two devices, in MB/s. */
  long rate(int one, int other) {
    return rates[one][other];
  }

  /** Whether NVLinks join two devices. */
  boolean byNvLinks(int one, int other) {
    return nvLinks[one][other];
  }

  /** How near two devices are over PCIe. */
  int nearness(int one, int other) {
    return nearness[one][other];
  }

  /** Whether one device may stand for the other: each third one is joined to both alike. */
  boolean areTwins(int one, int other) {
    return IntStream.range(0, devices)
        .filter(third -> third != one && third != other)
        .allMatch(
            third ->
                rates[one][third] == rates[other][third]
                    && nvLinks[one][third] == nvLinks[other][third]
                    && nearness[one][third] == nearness[other][third]);
  }
}
