/**
 * The independent judge of plans: it shares no code with any allocator. Start from {@link
 * io.tangram.api.check.PlanChecker}.
 */
@NullMarked
package io.tangram.api.check;

import org.jspecify.annotations.NullMarked;
