/**
 * The optimal allocator on CP-SAT; the greedy ones are in {@link io.tangram.solver.greedy}. Start
 * from {@link io.tangram.solver.CpSatAllocator}, whose {@code allocate} is the way through this
 * module, from package to package. Never in here: a type of Kubernetes, CEL or JSON.
 */
@NullMarked
package io.tangram.solver;

import org.jspecify.annotations.NullMarked;
