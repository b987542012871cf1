package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.Node;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.plan.ReasonCode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The extended resources for which devices can be given, and what pods ask for of them (R214). Of
 * several classes with one resource the newest has it, of equally old ones the first by name; one
 * that comes too late for the resource is not known under its own name either (R215), as if the
 * classes came in the order of their names.
 */
final class ExtendedResources {

  /** A class as far as it matters here; one without a time is older than all others. */
  private record NamedClass(String name, Optional<Instant> createdAt, Optional<String> resource) {}

  private static final Comparator<NamedClass> NEWER =
      Comparator.comparing(each -> each.createdAt().orElse(Instant.MIN));

  private final ReadWarnings warnings;
  private final Map<String, NamedClass> byName = new TreeMap<>();
  private final Map<String, NamedClass> byResource = new HashMap<>();
  private final Map<List<ExtendedRequest>, ExtendedClaim> known = new HashMap<>();
  private final ClusterView view;

  /** Whether devices stand for them at all; else they are resources of nodes like others. */
  private final boolean isOn;

  private NodeOffers offers = NodeOffers.of(ImmutableList.of());

  /** Starts without classes. */
  ExtendedResources(ReadWarnings warnings, ClusterView view) {
    this.warnings = warnings;
    this.view = view;
    isOn =
        view.features().isOn(FeatureGate.DYNAMIC_RESOURCE_ALLOCATION)
            && view.features().isOn(FeatureGate.EXTENDED_RESOURCE);
  }

  /** Adds a class. */
  void add(Metadata deviceClass) {
    String resource = deviceClass.object().get("spec").get("extendedResourceName").text();
    byName.put(
        deviceClass.name(),
        new NamedClass(
            deviceClass.name(),
            deviceClass.createdAt(),
            resource.isEmpty() ? Optional.empty() : Optional.of(resource)));
  }

  /** Takes note of what nodes list themselves. All classes have been added. */
  void complete(List<Node> nodes) {
    offers = NodeOffers.of(nodes);
    byName.values().forEach(this::register);
  }

  /** Returns what a pod asks for of devices, once all is {@linkplain #complete complete}. */
  ExtendedClaim of(Pod pod) {
    return known.computeIfAbsent(
        pod.extendedRequests(),
        requests ->
            ExtendedClaim.of(
                requests, name -> isOn ? classOf(name).map(NamedClass::name) : Optional.empty()));
  }

  private Optional<NamedClass> classOf(String resource) {
    return Optional.ofNullable(byResource.get(resource));
  }

  /** Returns why a pod can't be placed that asks for what only devices could be, if so (R216). */
  Optional<LeftOut> obstacle(Pod pod) {
    return isOn
        ? Optional.empty()
        : pod.extendedRequests().stream()
            .map(ExtendedRequest::resource)
            .filter(name -> !offers.mayInclude(name))
            .flatMap(name -> classOf(name).stream().map(found -> wanting(name, found)))
            .findFirst()
            .map(why -> new LeftOut(ReasonCode.FEATURE_OFF, why));
  }

  private String wanting(String resource, NamedClass deviceClass) {
    return "no node lists "
        + resource
        + ", and devices of class "
        + deviceClass.name()
        + " stand for it only while feature gate "
        + FeatureGate.EXTENDED_RESOURCE
        + " is on (R214, R216)"
        + view.remedy(FeatureGate.EXTENDED_RESOURCE);
  }

  private void register(NamedClass deviceClass) {
    if (deviceClass.resource().isPresent()) {
      String resource = deviceClass.resource().get();
      NamedClass other = byResource.get(resource);
      boolean wins = other == null || NEWER.compare(deviceClass, other) > 0;
      if (other != null && isOn) {
        warnOfClash(resource, wins ? deviceClass : other, wins ? other : deviceClass);
      }
      if (!wins) {
        return;
      }
      byResource.put(resource, deviceClass);
    }
    byResource.put(ResourceNames.OF_CLASS + deviceClass.name(), deviceClass);
  }

  private void warnOfClash(String resource, NamedClass winner, NamedClass loser) {
    warnings.add(
        "DeviceClasses "
            + winner.name()
            + " and "
            + loser.name()
            + " both have extendedResourceName "
            + resource
            + "; devices for it are of class "
            + winner.name()
            + " (R215).");
  }

  /**
   * Tells of pods that ask for what no node lists and no device stands for. Of those that {@link
   * #obstacle} keeps out it is said there.
   */
  void warnOfUnknown(List<Pod> pods) {
    for (Pod pod : pods) {
      pod.extendedRequests().stream()
          .map(ExtendedRequest::resource)
          .distinct()
          .filter(name -> !offers.list(name))
          .forEach(name -> warnOfUnknown(pod, name));
    }
  }

  private void warnOfUnknown(Pod pod, String resource) {
    Optional<NamedClass> deviceClass = classOf(resource);
    if (deviceClass.isEmpty()) {
      warn(
          pod,
          resource,
          "no node lists it, and no DeviceClass is known by it (R214 to R216)" + near(resource));
    } else if (!isOn && offers.mayInclude(resource)) {
      warn(pod, resource, wanting(resource, deviceClass.get()) + ".");
    }
  }

  private void warn(Pod pod, String resource, String problem) {
    warnings.count(
        "extended resource " + resource,
        times ->
            (times == 1 ? pod.label().object() + " asks" : times + " pods ask")
                + " for "
                + resource
                + ", but "
                + problem);
  }

  private String near(String resource) {
    List<String> names =
        Stream.concat(
                byResource.keySet().stream().sorted(),
                offers.names().stream().filter(ResourceNames::mayBeExtended))
            .filter(
                name ->
                    name.startsWith(ResourceNames.OF_CLASS)
                        == resource.startsWith(ResourceNames.OF_CLASS))
            .distinct()
            .toList();
    String question = NearNames.question(resource, names, "");
    return question.isEmpty() ? "." : "; " + question;
  }
}
