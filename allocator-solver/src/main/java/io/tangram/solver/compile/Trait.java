package io.tangram.solver.compile;

import io.tangram.api.device.LinkRequirement;
import io.tangram.api.device.QualifiedName;

/** What a constraint compares of devices: something of which each has values, or has none. */
public sealed interface Trait {

  /** The value of an attribute. */
  record Attribute(QualifiedName name) implements Trait {}

  /** The {@linkplain LinkedSets largest sets} of devices joined as required that it is in. */
  record Links(LinkRequirement requirement) implements Trait {}
}
