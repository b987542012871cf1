package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The pending claims in the order in which they arrive, a second after one another. */
final class PendingClaims {

  private final String namespace;
  private final List<ClaimShape> arrivals;

  PendingClaims(SampleCluster cluster) {
    this.namespace = cluster.namespace();
    this.arrivals = new ArrayList<>(cluster.pending());
    Collections.shuffle(arrivals, new Random(cluster.seed()));
  }

  /** Returns all of them. */
  Stream<ObjectNode> objects() {
    return IntStream.range(0, arrivals.size()).mapToObj(this::object);
  }

  /** How many there are. */
  int size() {
    return arrivals.size();
  }

  /** Returns what a claim asks for, by the number of its arrival, from 0. */
  ClaimShape shape(int index) {
    return arrivals.get(index);
  }

  /** Returns when a claim arrives. */
  static Instant arrival(int index) {
    return SampleCluster.BEGINNING.plusSeconds(index + 1L);
  }

  /** Returns a claim. */
  ObjectNode object(int index) {
    String name = shape(index).label() + "-" + SampleCluster.padded(index + 1, arrivals.size());
    return shape(index).pending(namespace, name, arrival(index));
  }
}
