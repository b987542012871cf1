/** For tests of allocators, here and elsewhere: generators, an oracle, and the laws to satisfy. */
@NullMarked
package io.tangram.api.testing;

import org.jspecify.annotations.NullMarked;
