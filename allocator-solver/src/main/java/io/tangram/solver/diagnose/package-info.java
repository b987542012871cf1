/**
 * Why a unit stays out. Start from {@link io.tangram.solver.diagnose.Diagnosis}. Every reason is
 * true of the state that is held; which unit to admit instead is for others to say.
 */
@NullMarked
package io.tangram.solver.diagnose;

import org.jspecify.annotations.NullMarked;
