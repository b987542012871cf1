package io.tangram.k8s.fuzz;

import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

/** The same all night. */
@Tag("nightly")
@PropertyDefaults(tries = 100_000)
class ObjectFuzzNightlyTest extends ObjectFuzzTest {}
