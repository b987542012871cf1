/**
 * The question and the answer of device allocation.
 *
 * <p>Never in here: a type of OR-Tools, Kubernetes, CEL or JSON.
 */
@NullMarked
package io.tangram.api;

import org.jspecify.annotations.NullMarked;
