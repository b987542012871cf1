/**
 * CEL device selectors that behave as those of Kubernetes (section 4 of the rules), on dev.cel.
 * Start from {@link io.tangram.k8s.cel.CelSelectors}; {@code SelectorCompiler} is the way from text
 * to program, in order.
 *
 * <p>Where dev.cel and the CEL of Kubernetes differ, the expression is adapted or a function
 * replaced, so that the outcome is Kubernetes'. Never in here: JSON, Kubernetes objects, solving.
 */
@NullMarked
package io.tangram.k8s.cel;

import org.jspecify.annotations.NullMarked;
