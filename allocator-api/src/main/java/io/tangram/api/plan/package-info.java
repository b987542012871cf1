/**
 * What an allocator answers: the plan, how good it is, and a reason for every claim left out. Start
 * from {@link io.tangram.api.plan.AllocationPlan}. Nothing here knows how a plan is found.
 */
@NullMarked
package io.tangram.api.plan;

import org.jspecify.annotations.NullMarked;
