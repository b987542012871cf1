/**
 * Finds devices for one unit on one node, exactly as kube-scheduler does: depth first, in the order
 * in which devices are offered. Start from {@link io.tangram.solver.nodesearch.NodeSearch}. Which
 * units and which nodes to try is for others to say.
 */
@NullMarked
package io.tangram.solver.nodesearch;

import org.jspecify.annotations.NullMarked;
