/**
 * What a version of Kubernetes and its feature gates let an allocator do. Start from {@link
 * io.tangram.api.feature.FeatureSet}. A feature that is off is a problem without it, so allocators
 * and checkers never ask for gates.
 */
@NullMarked
package io.tangram.api.feature;

import org.jspecify.annotations.NullMarked;
