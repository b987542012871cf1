package io.tangram.k8s.generate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.device.Quantity;
import org.immutables.value.Value;

/** Nodes of one kind, named {@code prefix-1} and on, with as many digits as the last needs. */
@Value.Immutable
public interface NodeGroup {

  /** What the nodes are. */
  NodeTemplate template();

  /** What their names begin with. */
  String prefix();

  /** How many there are. */
  int count();

  /** The taints of the nodes; those of devices are {@link SampleCluster#unhealthy()}. */
  ImmutableList<NodeTaint> taints();

  /** What pods can have of a node, by resource name; where empty, nodes have no status. */
  ImmutableMap<String, Quantity> allocatable();

  /**
   * What keeps pods away that don't tolerate it.
   *
   * @param key a label name
   * @param value a label value, empty for none
   * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}
   */
  record NodeTaint(String key, String value, String effect) {}

  /** Returns a group without taints and status. */
  static NodeGroup of(NodeTemplate template, String prefix, int count) {
    return builder().template(template).prefix(prefix).count(count).build();
  }

  /** Returns a builder; template, prefix and count have no default. */
  static ImmutableNodeGroup.Builder builder() {
    return ImmutableNodeGroup.builder();
  }
}
