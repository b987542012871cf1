package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.Node;
import io.tangram.api.device.ResourceSlice;

/**
 * A node and what its drivers publish.
 *
 * @param node the node
 * @param slices its resource slices, those of one pool in order
 */
public record PublishedNode(Node node, ImmutableList<ResourceSlice> slices) {}
