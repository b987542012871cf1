package io.tangram.api.device;

import com.google.common.collect.ImmutableMap;
import org.immutables.value.Value;

/** A node of the cluster, as far as devices are concerned. */
@Value.Immutable
public interface Node {

  /** The name, unique in the cluster. */
  String name();

  /** The labels that node selectors look at. */
  ImmutableMap<String, String> labels();

  /** Returns a node of this name without labels. */
  static Node of(String name) {
    return builder().name(name).build();
  }

  /** Returns a builder without a name and labels. */
  static ImmutableNode.Builder builder() {
    return ImmutableNode.builder();
  }
}
