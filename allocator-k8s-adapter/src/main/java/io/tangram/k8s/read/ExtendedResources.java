package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;

/** The extended resources for which devices can be given (R214). */
final class ExtendedResources {

  private static final String IMPLICIT = "deviceclass.resource.kubernetes.io/";

  private final Map<String, String> classes = new HashMap<>();

  /** Adds the resource that a class stands for, if there is one. */
  void add(Metadata deviceClass) {
    String name = deviceClass.object().get("spec").get("extendedResourceName").text();
    if (!name.isEmpty()) {
      classes.putIfAbsent(name, deviceClass.name());
    }
  }

  /** Returns the names of those that the pod asks for. */
  ImmutableList<String> of(Pod pod) {
    return pod.resources().keySet().stream()
        .filter(name -> classes.containsKey(name) || name.startsWith(IMPLICIT))
        .collect(ImmutableList.toImmutableList());
  }
}
