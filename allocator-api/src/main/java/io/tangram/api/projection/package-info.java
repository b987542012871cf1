/**
 * Problems as an allocator sees them for which some features are off: a feature that is off is a
 * problem without it. Start from {@link io.tangram.api.projection.FeatureProjection}. Nothing here
 * knows how a plan is found.
 */
@NullMarked
package io.tangram.api.projection;

import org.jspecify.annotations.NullMarked;
