/**
 * The one door to OR-Tools' native code. Start from {@link io.tangram.solver.cpsat.CpEngine}: it
 * has models searched, guards callbacks, keeps limits and turns answers into values. What OR-Tools
 * does where its documentation is silent is pinned by the tests in {@code
 * io.tangram.solver.solverfacts}. Nothing here knows devices or claims.
 */
@NullMarked
package io.tangram.solver.cpsat;

import org.jspecify.annotations.NullMarked;
