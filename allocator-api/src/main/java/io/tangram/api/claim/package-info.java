/**
 * What is asked for and what is held: classes, claims with their requests and constraints,
 * workloads that reference claims, and allocations. Start from {@link io.tangram.api.claim.Claim}.
 * Nothing here knows how a plan is found.
 */
@NullMarked
package io.tangram.api.claim;

import org.jspecify.annotations.NullMarked;
