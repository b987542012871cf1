/** Benchmarks: one question per class, and the command that answers it in the class comment. */
@NullMarked
package io.tangram.benchmarks;

import org.jspecify.annotations.NullMarked;
