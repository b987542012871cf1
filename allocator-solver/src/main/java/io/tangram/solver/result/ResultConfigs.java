package io.tangram.solver.result;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.AllocatedConfig.Source;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.reference.Defect;
import java.util.ArrayList;
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
    boolean namesAll = defects.contains(Defect.CONFIGURATION_NAMES_ALL);
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
                namesAll
                    ? new AllocatedConfig(Source.FROM_CLASS, requests.build(), opaque)
                    : config(Source.FROM_CLASS, requests.build(), opaque, claim, chosen));
          }
        });
    for (ClaimConfig config : claim.configs()) {
      AllocatedConfig written =
          namesAll
              ? new AllocatedConfig(Source.FROM_CLAIM, config.requests(), config.opaque())
              : config(Source.FROM_CLAIM, config.requests(), config.opaque(), claim, chosen);
      int times = timesNamed(config, claim, chosen);
      if (!defects.contains(Defect.CONFIGURATION_REPEATED)) {
        times = Math.min(times, 1);
      }
      for (int i = 0; i < times; i++) {
        configs.add(written);
      }
    }
    return configs.build();
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
      boolean isNamed =
          config.requests().contains(claim.requests().get(i).name())
              || config.requests().contains(chosen.get(i));
      named += isNamed ? 1 : 0;
    }
    return named;
  }

  /** R177: what covers every request applies to all. */
  private static AllocatedConfig config(
      Source source,
      ImmutableList<String> requests,
      OpaqueConfig opaque,
      Claim claim,
      List<String> chosen) {
    ImmutableSet<String> named = ImmutableSet.copyOf(requests);
    boolean all = true;
    for (int i = 0; i < chosen.size(); i++) {
      all &= named.contains(claim.requests().get(i).name()) || named.contains(chosen.get(i));
    }
    return new AllocatedConfig(source, all ? ImmutableList.of() : requests, opaque);
  }
}
