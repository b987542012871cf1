/**
 * How the whole road from problem to checked plan grows, up to 100,000 GPUs, and that of the
 * command. Start from {@link io.tangram.benchmarks.scale.ScaleTable}, which prints all of it.
 */
@NullMarked
package io.tangram.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
