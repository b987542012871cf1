/**
 * Plans to Kubernetes objects, and their summary to JSON. Start from {@link
 * io.tangram.k8s.write.ResultWriter}. Nothing here decides anything: what a result says is in the
 * plan.
 */
@NullMarked
package io.tangram.k8s.write;

import org.jspecify.annotations.NullMarked;
