/**
 * What the command makes of any input: a result, or one line that says what is wrong. Inputs are
 * real objects with a few things changed at random, as trees or as text.
 *
 * <p>Start at {@link io.tangram.k8s.fuzz.ObjectFuzzTest}. Every build tries a few; {@code mvn
 * -Pnightly -pl allocator-k8s-adapter -am test -Dtest='*FuzzNightlyTest'
 * -Dsurefire.failIfNoSpecifiedTests=false} some hundred thousand.
 */
@NullMarked
package io.tangram.k8s.fuzz;

import org.jspecify.annotations.NullMarked;
