/**
 * From placements to a plan: allocations written out, every pending claim accounted for, the whole
 * checked. Start from {@link io.tangram.solver.plan.PlanAssembly}. What finds placements does not
 * come in here.
 */
@NullMarked
package io.tangram.solver.plan;

import org.jspecify.annotations.NullMarked;
