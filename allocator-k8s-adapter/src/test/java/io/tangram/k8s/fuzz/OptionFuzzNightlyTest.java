package io.tangram.k8s.fuzz;

import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

/** The same for minutes. */
@Tag("nightly")
@PropertyDefaults(tries = 20_000)
class OptionFuzzNightlyTest extends OptionFuzzTest {}
