/**
 * Which test holds which rule of Dynamic Resource Allocation, and the proof that it does: a
 * mutation of the code under which the test fails. The rows are in {@code rules/index.yaml}; start
 * from {@link io.tangram.rules.RuleIndex}. It is here because this module sees all others.
 */
@NullMarked
package io.tangram.rules;

import org.jspecify.annotations.NullMarked;
