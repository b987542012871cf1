package io.tangram.solver.result;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.AllocatedConfig.Source;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.claim.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configurations of a result: those of the classes, then those of the claim (R175 to R178). */
final class ResultConfigs {

  private ResultConfigs() {}

  /**
   * Returns the configurations.
   *
   * @param claim the claim
   * @param choices the choice for each of its requests, in order
   * @param classes the device classes by name
   */
  static ImmutableList<AllocatedConfig> of(
      Claim claim, List<Choice> choices, Map<String, DeviceClass> classes) {
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
            configs.add(config(Source.FROM_CLASS, requests.build(), opaque, claim, chosen));
          }
        });
    for (ClaimConfig config : claim.configs()) {
      if (applies(config, claim, chosen)) {
        configs.add(config(Source.FROM_CLAIM, config.requests(), config.opaque(), claim, chosen));
      }
    }
    return configs.build();
  }

  /** R176: configurations for subrequests that were not chosen are left out. */
  private static boolean applies(ClaimConfig config, Claim claim, List<String> chosen) {
    return config.requests().isEmpty()
        || config.requests().stream().anyMatch(chosen::contains)
        || claim.requests().stream().map(Request::name).anyMatch(config.requests()::contains);
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
