/**
 * Sample clusters, claims and pods as Kubernetes objects, for {@code tangram generate}, examples,
 * tests and benchmarks. Start from {@link io.tangram.k8s.generate.SampleCluster}; {@link
 * io.tangram.k8s.generate.SampleClusters} has some that are known, {@link
 * io.tangram.k8s.generate.Examples} writes the files in {@code examples/}. Equal clusters make
 * equal objects. Nothing here reads objects or allocates.
 */
@NullMarked
package io.tangram.k8s.generate;

import org.jspecify.annotations.NullMarked;
