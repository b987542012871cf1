/**
 * How much more is admitted than by others, on the mixes and protocols of published work. Start
 * from {@link io.tangram.benchmarks.quality.StaticFill}.
 */
@NullMarked
package io.tangram.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
