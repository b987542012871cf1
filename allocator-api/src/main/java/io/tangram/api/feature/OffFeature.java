package io.tangram.api.feature;

/**
 * Something that is not to be had while a feature is off.
 *
 * @param what what there is none of, such as {@code alternatives for request gpu}
 * @param gate the gate that is off
 * @param rule the rule that says so, such as {@code R78}
 */
public record OffFeature(String what, FeatureGate gate, String rule) {

  /** Returns what is missing, why and by which rule. */
  public String message() {
    return "no " + what + " while feature gate " + gate + " is off (" + rule + ")";
  }
}
