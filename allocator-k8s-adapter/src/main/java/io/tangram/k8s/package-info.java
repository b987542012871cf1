/**
 * Kubernetes resource objects in and out.
 *
 * <p>Never in here: a decision about which device a claim gets.
 */
@NullMarked
package io.tangram.k8s;

import org.jspecify.annotations.NullMarked;
