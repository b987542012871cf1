/**
 * The way in: hand an {@link io.tangram.api.Allocator} an {@link io.tangram.api.AllocationProblem}
 * and {@link io.tangram.api.AllocationOptions}; it answers with an {@link
 * io.tangram.api.plan.AllocationPlan}. No solver, no Kubernetes and no file format comes in here.
 */
@NullMarked
package io.tangram.api;

import org.jspecify.annotations.NullMarked;
