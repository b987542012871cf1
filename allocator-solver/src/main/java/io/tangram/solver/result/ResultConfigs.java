package io.tangram.solver.result;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.AllocatedConfig.Source;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.reference.Defect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The configurations of a result: those of the classes, then those of the claim (R175 to R178). */
final class ResultConfigs {

  private ResultConfigs() {}

  /**
   * Returns the configurations.
   *
   * @param claim the claim
   * @param choices the choice for each of its requests, in order
   * @param classes the device classes by name
   * @param defects the defects of the reference to reproduce
   */
  static ImmutableList<AllocatedConfig> of(
      Claim claim, List<Choice> choices, Map<String, DeviceClass> classes, Set<Defect> defects) {
    List<String> chosen = new ArrayList<>();
    Map<String, ImmutableList.Builder<String>> requestsByClass = new LinkedHashMap<>();
    for (int i = 0; i < choices.size(); i++) {
      Choice choice = choices.get(i);
      String name = claim.requests().get(i).resultName(choice.alternative());
      chosen.add(name);
      requestsByClass
          .computeIfAbsent(choice.alternative().deviceClass(), c -> ImmutableList.builder())
          .add(name);
    }
    ImmutableList.Builder<AllocatedConfig> configs = ImmutableList.builder();
    requestsByClass.forEach(
        (name, requests) -> {
          DeviceClass deviceClass = classes.get(name);
          for (OpaqueConfig opaque :
              deviceClass == null ? List.<OpaqueConfig>of() : deviceClass.configs()) {
            configs.add(
                new AllocatedConfig(
                    Source.FROM_CLASS, named(requests.build(), claim, chosen, defects), opaque));
          }
        });
    for (ClaimConfig config : claim.configs()) {
      AllocatedConfig written =
          new AllocatedConfig(
              Source.FROM_CLAIM, named(config.requests(), claim, chosen, defects), config.opaque());
      configs.addAll(Collections.nCopies(times(config, claim, chosen, defects), written));
    }
    return configs.build();
  }

  /** How often a configuration of the claim is written. */
  private static int times(
      ClaimConfig config, Claim claim, List<String> chosen, Set<Defect> defects) {
    int named = timesNamed(config, claim, chosen);
    return defects.contains(Defect.CONFIGURATION_REPEATED) ? named : Math.min(named, 1);
  }

  /**
   * How many requests the configuration is for, one where it is for all; those for subrequests that
   * were not chosen are for none (R176).
   */
  private static int timesNamed(ClaimConfig config, Claim claim, List<String> chosen) {
    if (config.requests().isEmpty()) {
      return 1;
    }
    int named = 0;
    for (int i = 0; i < chosen.size(); i++) {
      named += isNamed(config.requests(), claim, chosen, i) ? 1 : 0;
    }
    return named;
  }

  /** The requests that a configuration names: none where it is for all of them (R177). */
  private static ImmutableList<String> named(
      ImmutableList<String> requests, Claim claim, List<String> chosen, Set<Defect> defects) {
    boolean forAll = !defects.contains(Defect.CONFIGURATION_NAMES_ALL);
    for (int i = 0; forAll && i < chosen.size(); i++) {
      forAll = isNamed(requests, claim, chosen, i);
    }
    return forAll ? ImmutableList.of() : requests;
  }

  /** Whether the i-th request, as it was met, is among the requests. */
  private static boolean isNamed(List<String> requests, Claim claim, List<String> chosen, int i) {
    return requests.contains(claim.requests().get(i).name()) || requests.contains(chosen.get(i));
  }
}
