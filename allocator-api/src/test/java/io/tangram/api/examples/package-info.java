/** How others use the test support: an allocator as they might write it, and its test. */
@NullMarked
package io.tangram.api.examples;

import org.jspecify.annotations.NullMarked;
