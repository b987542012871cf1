package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.AllocatedConfig.Source;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.OpaqueConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configurations that a result has to carry (section 11.2 of the rules). */
final class ExpectedConfigs {

  private final Claim claim;
  private final List<LeafRequest> chosen;

  /**
   * Prepares the computation.
   *
   * @param chosen the leaf request that answers each request of the claim, in order
   */
  ExpectedConfigs(Claim claim, List<LeafRequest> chosen) {
    this.claim = claim;
    this.chosen = chosen;
  }

  /** Returns the entries of the classes, then those of the claim. */
  ImmutableList<AllocatedConfig> all(ClusterIndex cluster) {
    return ImmutableList.<AllocatedConfig>builder()
        .addAll(ofClasses(cluster))
        .addAll(ofClaim())
        .build();
  }

  /** Returns the entries of each class where it is first met, for all who use it (R175). */
  private ImmutableList<AllocatedConfig> ofClasses(ClusterIndex cluster) {
    Map<String, ImmutableList.Builder<String>> users = new LinkedHashMap<>();
    for (LeafRequest leaf : chosen) {
      users
          .computeIfAbsent(leaf.wanted().deviceClass(), name -> ImmutableList.builder())
          .add(leaf.resultName());
    }
    ImmutableList.Builder<AllocatedConfig> entries = ImmutableList.builder();
    users.forEach(
        (name, requests) -> {
          DeviceClass deviceClass = cluster.deviceClass(name);
          if (deviceClass != null) {
            for (var config : deviceClass.configs()) {
              entries.add(entry(Source.FROM_CLASS, requests.build(), config));
            }
          }
        });
    return entries.build();
  }

  /** Returns the claim's entries, less those for alternatives that were not chosen (R176). */
  ImmutableList<AllocatedConfig> ofClaim() {
    ImmutableSet<String> names =
        chosen.stream()
            .flatMap(leaf -> ImmutableList.of(leaf.request().name(), leaf.resultName()).stream())
            .collect(ImmutableSet.toImmutableSet());
    ImmutableList.Builder<AllocatedConfig> entries = ImmutableList.builder();
    for (ClaimConfig config : claim.configs()) {
      if (config.requests().isEmpty() || config.requests().stream().anyMatch(names::contains)) {
        entries.add(entry(Source.FROM_CLAIM, config.requests(), config.opaque()));
      }
    }
    return entries.build();
  }

  private AllocatedConfig entry(
      Source source, ImmutableList<String> requests, OpaqueConfig opaque) {
    return cleared(new AllocatedConfig(source, requests, opaque));
  }

  /** Returns the entry without its requests where it names all of the claim's (R177). */
  AllocatedConfig cleared(AllocatedConfig entry) {
    boolean coversAll =
        chosen.stream()
            .allMatch(
                leaf ->
                    entry.requests().contains(leaf.request().name())
                        || entry.requests().contains(leaf.resultName()));
    return coversAll
        ? new AllocatedConfig(entry.source(), ImmutableList.of(), entry.opaque())
        : entry;
  }
}
