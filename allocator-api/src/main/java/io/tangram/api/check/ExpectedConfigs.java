package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.AllocatedConfig.Source;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.claim.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configurations that a result has to carry (section 11.2 of the rules): those of classes
 * first, then the claim's.
 */
final class ExpectedConfigs {

  private final Claim claim;
  private final List<LeafRequest> answered;
  private final ClusterIndex cluster;

  /**
   * Prepares the computation.
   *
   * @param answered the leaf request that is answered for each request of the claim, in order
   */
  ExpectedConfigs(Claim claim, List<LeafRequest> answered, ClusterIndex cluster) {
    this.claim = claim;
    this.answered = answered;
    this.cluster = cluster;
  }

  /** Requires exactly the entries that are due, in their order. */
  void require(Allocation allocation, Findings findings) {
    ImmutableList<AllocatedConfig> due =
        ImmutableList.<AllocatedConfig>builder().addAll(ofClasses()).addAll(ofClaim()).build();
    if (!allocation.configs().equals(due)) {
      boolean classesFit = from(Source.FROM_CLASS, allocation.configs()).equals(ofClasses());
      findings.violation(
          classesFit ? "R176" : "R175",
          "carries configurations %s where %s are due".formatted(allocation.configs(), due));
    }
  }

  /**
   * Requires the entries that are due, as far as a held allocation can be judged: its class may
   * have changed since, and releases before 1.37 neither cleared requests nor wrote an entry of the
   * claim once only.
   */
  void requireHeld(Allocation allocation, Findings findings) {
    ImmutableList<AllocatedConfig> actual =
        allocation.configs().stream()
            .map(this::cleared)
            .distinct()
            .collect(ImmutableList.toImmutableList());
    if (!from(Source.FROM_CLASS, actual).equals(distinct(ofClasses()))) {
      findings.drift("R175", "does not carry the configurations that its classes have today");
    }
    if (!from(Source.FROM_CLAIM, actual).equals(distinct(ofClaim()))) {
      findings.violation("R176", "does not carry the configurations of its claim");
    }
  }

  /**
   * Returns one entry for each configuration of each class, where the class is first met, for all
   * requests that use it (R175).
   */
  private ImmutableList<AllocatedConfig> ofClasses() {
    Map<String, List<String>> users = new LinkedHashMap<>();
    for (LeafRequest leaf : answered) {
      users
          .computeIfAbsent(leaf.wanted().deviceClass(), name -> new ArrayList<>())
          .add(leaf.resultName());
    }
    ImmutableList.Builder<AllocatedConfig> entries = ImmutableList.builder();
    users.forEach(
        (name, requests) -> {
          DeviceClass deviceClass = cluster.deviceClass(name);
          if (deviceClass != null) {
            for (OpaqueConfig config : deviceClass.configs()) {
              entries.add(entry(Source.FROM_CLASS, ImmutableList.copyOf(requests), config));
            }
          }
        });
    return entries.build();
  }

  /** Returns the claim's entries, less those for alternatives that were not chosen (R176). */
  private ImmutableList<AllocatedConfig> ofClaim() {
    Set<String> names = new HashSet<>();
    for (Request request : claim.requests()) {
      names.add(request.name());
    }
    for (LeafRequest leaf : answered) {
      names.add(leaf.resultName());
    }
    ImmutableList.Builder<AllocatedConfig> entries = ImmutableList.builder();
    for (ClaimConfig config : claim.configs()) {
      if (config.requests().isEmpty() || config.requests().stream().anyMatch(names::contains)) {
        entries.add(entry(Source.FROM_CLAIM, config.requests(), config.opaque()));
      }
    }
    return entries.build();
  }

  private static ImmutableList<AllocatedConfig> from(Source source, List<AllocatedConfig> entries) {
    return entries.stream()
        .filter(entry -> entry.source() == source)
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<AllocatedConfig> distinct(List<AllocatedConfig> entries) {
    return entries.stream().distinct().collect(ImmutableList.toImmutableList());
  }

  private AllocatedConfig entry(
      Source source, ImmutableList<String> requests, OpaqueConfig opaque) {
    return cleared(new AllocatedConfig(source, requests, opaque));
  }

  /** Returns the entry without its requests where it names all of the claim's (R177). */
  private AllocatedConfig cleared(AllocatedConfig entry) {
    boolean namesAll =
        answered.stream()
            .allMatch(
                leaf ->
                    entry.requests().contains(leaf.request().name())
                        || entry.requests().contains(leaf.resultName()));
    return namesAll
        ? new AllocatedConfig(entry.source(), ImmutableList.of(), entry.opaque())
        : entry;
  }
}
