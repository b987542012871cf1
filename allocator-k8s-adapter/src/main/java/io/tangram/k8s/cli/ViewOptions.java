package io.tangram.k8s.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.k8s.read.ClusterView;
import io.tangram.k8s.read.NearNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a cluster is looked at: for which Kubernetes, with which features. */
final class ViewOptions {

  private static final String GATES = "--feature-gates";

  @Option(
      names = "--kubernetes-version",
      paramLabel = "VERSION",
      description =
          "Go by what is on by default in this version of Kubernetes, such as 1.36 (default: in the"
              + " newest one known, 1.37, and lists as values of attributes).")
  private @Nullable String version;

  @Option(
      names = GATES,
      paramLabel = "GATE=true|false,...",
      description =
          "Turn features on or off beside that, by the names of their gates in Kubernetes, such as"
              + " DRAAdminAccess=false. A device that needs what is off is never given: allocate"
              + " leaves out what asks for it, with the reason FEATURE_OFF; for verify a claim that"
              + " holds one has drifted. Repeatable.")
  private List<String> gates = new ArrayList<>();

  @Option(
      names = "--assume-vanished-free",
      description =
          "Assume that devices which claims hold, but nobody publishes any more, draw on no"
              + " counters. Otherwise that is not known, and nothing that draws on counters can be"
              + " given from their pools.")
  private boolean vanishedFree;

  /**
   * Returns how clusters are to be looked at.
   *
   * @throws UsageException if the version or a gate is unknown, or a gate lacks another one
   */
  ClusterView view() {
    FeatureSet features = version == null ? FeatureSet.DEFAULT : FeatureSet.of(version(version));
    try {
      return new ClusterView(features.with(edits()), vanishedFree);
    } catch (IllegalArgumentException e) {
      throw new UsageException(GATES + ": " + e.getMessage());
    }
  }

  private static KubernetesVersion version(String text) {
    try {
      return KubernetesVersion.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--kubernetes-version: " + e.getMessage());
    }
  }

  private Map<FeatureGate, Boolean> edits() {
    Map<FeatureGate, Boolean> edits = new EnumMap<>(FeatureGate.class);
    for (String list : gates) {
      for (String edit : Splitter.on(',').trimResults().omitEmptyStrings().split(list)) {
        int sign = edit.indexOf('=');
        FeatureGate gate = gate(sign < 0 ? edit : edit.substring(0, sign));
        boolean on = isOn(gate, sign < 0 ? "" : edit.substring(sign + 1));
        Boolean before = edits.put(gate, on);
        if (before != null && before != on) {
          throw new UsageException(GATES + ": " + gate + " is to be on and off; say it once.");
        }
      }
    }
    return edits;
  }

  private static FeatureGate gate(String name) {
    return FeatureGate.named(name)
        .orElseThrow(
            () ->
                new UsageException(
                    GATES + ": no feature of devices has a gate " + name + "; " + hint(name)));
  }

  private static String hint(String name) {
    List<String> names = Arrays.stream(FeatureGate.values()).map(FeatureGate::gateName).toList();
    return NearNames.question(
        name, names, "known are " + String.join(", ", names.stream().sorted().toList()) + ".");
  }

  private static boolean isOn(FeatureGate gate, String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new UsageException(
              GATES
                  + (": write " + gate + "=true or " + gate + "=false")
                  + (word.isEmpty() ? "." : ", not '" + word + "'."));
    };
  }

  /** Returns what Kubernetes would not do, each one line. */
  static ImmutableList<String> warnings(ClusterView view) {
    FeatureSet features = view.features();
    return features.unlocked().stream()
        .map(
            gate ->
                "feature gate "
                    + gate
                    + " is off, but locked in Kubernetes "
                    + features.version()
                    + ", which would refuse to turn it off (section 15.1).")
        .collect(ImmutableList.toImmutableList());
  }
}
