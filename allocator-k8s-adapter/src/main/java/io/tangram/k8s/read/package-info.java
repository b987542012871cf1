/**
 * Kubernetes objects to an {@link io.tangram.api.AllocationProblem}. Start from {@link
 * io.tangram.k8s.read.ClusterReader}. What the API server would refuse is refused here, with the
 * object, the field and the rule; what only an allocator sees, such as a class that is missing, is
 * left to the allocator.
 */
@NullMarked
package io.tangram.k8s.read;

import org.jspecify.annotations.NullMarked;
