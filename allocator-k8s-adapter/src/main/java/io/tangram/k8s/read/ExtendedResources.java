package io.tangram.k8s.read;

import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
  private final boolean isOn;
  private boolean complete;

  /**
   * Starts without classes.
   *
   * @param isOn whether devices stand for extended resources at all; else they are resources of
   *     nodes like others
   */
  ExtendedResources(ReadWarnings warnings, boolean isOn) {
    this.warnings = warnings;
    this.isOn = isOn;
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

  /** Returns what a pod asks for, once all classes are added. */
  ExtendedClaim of(Pod pod) {
    return known.computeIfAbsent(
        pod.extendedRequests(),
        requests -> ExtendedClaim.of(requests, name -> classOf(name).map(NamedClass::name)));
  }

  private Optional<NamedClass> classOf(String resource) {
    if (isOn && !complete) {
      complete = true;
      byName.values().forEach(this::register);
    }
    return Optional.ofNullable(byResource.get(resource));
  }

  private void register(NamedClass deviceClass) {
    if (deviceClass.resource().isPresent()) {
      String resource = deviceClass.resource().get();
      NamedClass other = byResource.get(resource);
      boolean wins = other == null || NEWER.compare(deviceClass, other) > 0;
      if (other != null) {
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

  /** Tells of pods that ask for devices of a class that is not there. */
  void warnOfMissingClasses(List<Pod> pods) {
    for (Pod pod : isOn ? pods : List.<Pod>of()) {
      pod.extendedRequests().stream()
          .map(ExtendedRequest::resource)
          .filter(name -> name.startsWith(ResourceNames.OF_CLASS))
          .filter(name -> classOf(name).isEmpty())
          .collect(ImmutableSet.toImmutableSet())
          .forEach(
              name ->
                  warnings.count(
                      "class of " + name,
                      times ->
                          (times == 1 ? pod.label().object() + " asks" : times + " pods ask")
                              + " for "
                              + name
                              + ", but no such DeviceClass is known by it (R214, R215)."));
    }
  }
}
