/**
 * Sample clusters and claims as Kubernetes objects, for examples, tests and benchmarks. Start from
 * {@link io.tangram.k8s.generate.SampleClusters}; {@link io.tangram.k8s.generate.Examples} writes
 * the files in {@code examples/}. Equal calls make equal objects. Nothing here reads objects or
 * allocates.
 */
@NullMarked
package io.tangram.k8s.generate;

import org.jspecify.annotations.NullMarked;
