/**
 * Groups of workloads in racks and NVLink cliques: how many are admitted, how fast, and what stays
 * whole. Start from {@link io.tangram.benchmarks.groups.CliqueGroups}.
 */
@NullMarked
package io.tangram.benchmarks.groups;

import org.jspecify.annotations.NullMarked;
