package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/** Finds what a pod demands of its node that is not implemented here, so that it is not ignored. */
final class UnsupportedConstraints {

  private static final String RULE = "pod constraints";
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private static final ImmutableSet<String> AFFINITIES =
      ImmutableSet.of("nodeAffinity", "podAffinity", "podAntiAffinity");
  private static final ImmutableSet<String> STRENGTHS = ImmutableSet.of(REQUIRED, PREFERRED);

  /** Tolerations that compare numbers, which no node taint needs by default. */
  private static final ImmutableSet<String> NUMERIC = ImmutableSet.of("Gt", "Lt");

  /** Sources of volumes that any node can provide. */
  private static final ImmutableSet<String> ANYWHERE =
      ImmutableSet.of(
          "azureFile",
          "cephfs",
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "flexVolume",
          "gitRepo",
          "glusterfs",
          "hostPath",
          "image",
          "nfs",
          "projected",
          "secret");

  private final Field spec;
  private final ImmutableList.Builder<String> found = ImmutableList.builder();

  private UnsupportedConstraints(Field spec) {
    this.spec = spec;
  }

  /** Returns each such demand in words. */
  static ImmutableList<String> of(Field podSpec) {
    UnsupportedConstraints constraints = new UnsupportedConstraints(podSpec);
    constraints.affinity();
    constraints.topologySpread();
    constraints.hostPorts();
    constraints.volumes();
    constraints.claims();
    constraints.tolerations();
    constraints.workload();
    return constraints.found.build();
  }

  private void affinity() {
    Field affinity = spec.get("affinity");
    unknownFields(affinity, AFFINITIES);
    for (String kind : AFFINITIES) {
      unknownFields(affinity.get(kind), STRENGTHS);
    }
    if (isRequired(affinity.get("podAffinity"))) {
      found.add("required pod affinity");
    }
    if (isRequired(affinity.get("podAntiAffinity"))) {
      found.add("required pod anti-affinity");
    }
  }

  private static boolean isRequired(Field affinity) {
    return !affinity.get(REQUIRED).entries(Field.MANY, RULE).isEmpty();
  }

  private void unknownFields(Field fields, ImmutableSet<String> known) {
    for (String name : fields.names()) {
      if (!known.contains(name)) {
        found.add("the unknown constraint " + fields.get(name).path());
      }
    }
  }

  private void topologySpread() {
    for (Field constraint : spec.get("topologySpreadConstraints").entries(Field.MANY, RULE)) {
      if (!constraint.get("whenUnsatisfiable").text().equals("ScheduleAnyway")) {
        found.add("hard topology spread over " + constraint.get("topologyKey").text());
      }
    }
  }

  /** Ports of a pod in the network of its host are the host's. */
  private void hostPorts() {
    boolean all = spec.get("hostNetwork").isTrue();
    spec.get("containers").entries(Field.MANY, RULE).forEach(each -> hostPorts(each, all));
    spec.get("initContainers").entries(Field.MANY, RULE).stream()
        .filter(PodResources::isSidecar)
        .forEach(each -> hostPorts(each, all));
  }

  private void hostPorts(Field container, boolean all) {
    for (Field port : container.get("ports").entries(Field.MANY, RULE)) {
      long number = port.get("hostPort").integer(all ? port.get("containerPort").integer(0) : 0);
      if (number > 0) {
        found.add("host port " + number);
      }
    }
  }

  private void volumes() {
    for (Field volume : spec.get("volumes").entries(Field.MANY, RULE)) {
      for (String source : volume.names()) {
        if (!source.equals("name") && !ANYWHERE.contains(source)) {
          found.add("volume " + volume.get("name").text() + " of " + source);
        }
      }
    }
  }

  private void claims() {
    if (!spec.get("resources").get("claims").entries(Field.MANY, RULE).isEmpty()) {
      found.add("a claim in the resources of the whole pod");
    }
    for (Field entry : spec.get("resourceClaims").entries(Field.MANY, RULE)) {
      unknownFields(entry, PodClaim.KNOWN);
    }
  }

  private void tolerations() {
    for (Field toleration : spec.get("tolerations").entries(Field.MANY, RULE)) {
      if (isNumeric(toleration)) {
        found.add("a toleration with operator " + toleration.get("operator").text());
      }
    }
  }

  /** Returns whether the toleration compares numbers. */
  static boolean isNumeric(Field toleration) {
    return NUMERIC.contains(toleration.get("operator").text());
  }

  /** Groups of pods as they were before there were PodGroups. */
  private void workload() {
    if (spec.get("workloadRef").isPresent()) {
      found.add("membership in a group of pods (spec.workloadRef)");
    }
    unknownFields(spec.get("schedulingGroup"), ImmutableSet.of("podGroupName"));
  }
}
