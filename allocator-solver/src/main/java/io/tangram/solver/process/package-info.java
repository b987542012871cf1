/**
 * CP-SAT searches in child processes, so that native code can't take this one with it. Start from
 * {@link io.tangram.solver.process.SolverProcesses}, and for the child's side from {@link
 * io.tangram.solver.process.SolverProgram}. Models and answers travel; nothing here knows devices,
 * claims or how a model came about.
 */
@NullMarked
package io.tangram.solver.process;

import org.jspecify.annotations.NullMarked;
