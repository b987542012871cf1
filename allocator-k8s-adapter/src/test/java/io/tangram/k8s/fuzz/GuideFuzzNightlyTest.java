package io.tangram.k8s.fuzz;

import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

/** The same for an hour. */
@Tag("nightly")
@PropertyDefaults(tries = 20_000)
class GuideFuzzNightlyTest extends GuideFuzzTest {}
