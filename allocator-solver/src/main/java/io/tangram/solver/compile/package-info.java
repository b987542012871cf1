/**
 * From a problem in objects to a problem in arrays: pools judged, devices numbered, selectors
 * evaluated once per distinct device, counters as integers, claims sorted into types. Start from
 * {@link io.tangram.solver.compile.CompiledProblem}. No solver comes in here.
 */
@NullMarked
package io.tangram.solver.compile;

import org.jspecify.annotations.NullMarked;
