/**
 * How the whole road from problem to checked plan grows, up to 100,000 GPUs. Start from {@link
 * io.tangram.benchmarks.scale.ScaleTable}, which prints all of it.
 *
 * <p>What the compiled problem of 5,000 nodes (1,040,000 devices, 140,000 claims) keeps on the
 * heap, as {@link io.tangram.benchmarks.scale.CompiledHeap} found on 22 November 2026 with OpenJDK
 * 17 on Linux, a heap of 4 GiB: 150 MiB beside the 237 MiB of the problem itself, of which 36 MiB
 * are arrays of ints, 25 MiB arrays of objects, 24 MiB what devices draw on counters and 15 MiB the
 * keys by which equal content of devices is found.
 */
@NullMarked
package io.tangram.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
