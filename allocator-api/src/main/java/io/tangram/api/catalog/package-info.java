/**
 * The hardware catalogue: GPU models with their MIG profiles and placements, topologies of
 * machines, and the facts' sources. Start from {@link io.tangram.api.catalog.HardwareCatalog}.
 * Facts only: nothing here is guessed, and nothing here knows claims or plans.
 */
@NullMarked
package io.tangram.api.catalog;

import org.jspecify.annotations.NullMarked;
