/**
 * Which devices of one node to take together, by how they are joined. Start from {@link
 * io.tangram.solver.links.BestSets}. It chooses among devices that are equal otherwise: claims,
 * nodes and plans must never come in.
 */
@NullMarked
package io.tangram.solver.links;

import org.jspecify.annotations.NullMarked;
