package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.device.DeviceSelector;

/** Reads a {@code DeviceClass} (section 3 of the rules). */
final class DeviceClassParser {

  private static final String RULE = "section 3";
  private static final int MAX_SELECTORS = 32;
  private static final int MAX_CONFIGS = 32;

  /** The name of an extended resource matters for pods only. */
  private static final ImmutableSet<String> KNOWN =
      ImmutableSet.of("selectors", "config", "extendedResourceName");

  private DeviceClassParser() {}

  static DeviceClass parse(Metadata metadata, ParseContext context) {
    Field spec = metadata.object().get("spec");
    context.expectOnly(KNOWN, spec);
    requireExtendedResource(spec.get("extendedResourceName"));
    return DeviceClass.builder()
        .name(metadata.name())
        .selectors(selectors(spec.get("selectors"), RULE, context))
        .configs(
            spec.get("config")
                .list(
                    MAX_CONFIGS,
                    RULE,
                    config -> {
                      context.expectOnly(ImmutableSet.of("opaque"), config);
                      return ConfigParser.parse(config, context);
                    }))
        .build();
  }

  private static void requireExtendedResource(Field name) {
    if (!name.text().isEmpty() && !ResourceNames.isExtended(name.text())) {
      throw name.bad(
          name.shown()
              + " must be the name of an extended resource, such as example.com/gpu ("
              + RULE
              + ").");
    }
  }

  /**
   * Reads selectors. One that doesn't compile is the allocator's business, one without an
   * expression is malformed.
   */
  static ImmutableList<DeviceSelector> selectors(Field list, String rule, ParseContext context) {
    return list.list(
        MAX_SELECTORS,
        rule,
        selector -> {
          context.expectOnly(ImmutableSet.of("cel"), selector);
          Field cel = selector.get("cel").required("R59");
          context.expectOnly(ImmutableSet.of("expression"), cel);
          return context.selector(cel.get("expression").requiredText("R59"));
        });
  }
}
