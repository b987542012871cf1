package io.tangram.k8s.read;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.k8s.tree.JsonEmitter;
import java.nio.charset.StandardCharsets;

/** Reads the opaque configuration of classes and claims (sections 3 and 5.1 of the rules). */
final class ConfigParser {

  private static final ImmutableSet<String> KNOWN = ImmutableSet.of("driver", "parameters");
  private static final int MAX_BYTES = 10 * 1024;
  private static final String RULE = "section 5.1";

  private ConfigParser() {}

  /**
   * Reads the configuration.
   *
   * @param config the object that has it in its field {@code opaque}
   */
  static OpaqueConfig parse(Field config, ParseContext context) {
    Field opaque = config.get("opaque").required(RULE);
    context.expectOnly(KNOWN, opaque);
    Field parameters = opaque.get("parameters").required(RULE);
    if (!parameters.node().isObject()) {
      throw parameters.bad(parameters.shown() + " must be an object (" + RULE + ").");
    }
    String text = JsonEmitter.compact(parameters.node());
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw parameters.bad("has more than 10 KiB (" + RULE + ").");
    }
    return new OpaqueConfig(opaque.get("driver").name(NameSyntax.DRIVER, RULE), text);
  }
}
