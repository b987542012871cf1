/**
 * Allocators: the optimal one on CP-SAT and the greedy ones.
 *
 * <p>Never in here: a type of Kubernetes, CEL or JSON.
 */
@NullMarked
package io.tangram.solver;

import org.jspecify.annotations.NullMarked;
