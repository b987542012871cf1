/**
 * For tests of allocators, here and elsewhere. To test yours, inherit from {@link
 * io.tangram.api.testing.AllocatorContract}, or from {@link
 * io.tangram.api.testing.OptimalAllocatorContract} if it claims to be optimal. Behind them are
 * {@link io.tangram.api.testing.ProblemArbitraries}, which generates small problems, {@link
 * io.tangram.api.testing.BruteForceOracle}, which solves them by trying everything, and {@link
 * io.tangram.api.testing.AllocatorLaws}. No allocator comes in here but the one that shows that the
 * laws can be satisfied.
 *
 * <p>Needs jqwik and AssertJ on the test class path.
 */
@NullMarked
package io.tangram.api.testing;

import org.jspecify.annotations.NullMarked;
