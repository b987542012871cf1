package io.tangram.k8s.read;

/** Which resources of nodes are extended ones: not Kubernetes' own. */
final class ResourceNames {

  /** What the name of a class follows in the resource that stands for it without being named. */
  static final String OF_CLASS = "deviceclass.resource.kubernetes.io/";

  private static final String OF_KUBERNETES = "kubernetes.io/";
  private static final String OF_QUOTA = "requests.";

  private ResourceNames() {}

  /** Returns whether devices may stand for a resource of this name (R214). */
  static boolean mayBeExtended(String name) {
    return name.startsWith(OF_CLASS) || isExtended(name);
  }

  /** Returns whether this names an extended resource: {@code subdomain/name} of nobody's own. */
  static boolean isExtended(String name) {
    return name.indexOf('/') >= 0
        && !name.contains(OF_KUBERNETES)
        && !name.startsWith(OF_QUOTA)
        && NameSyntax.LABEL_KEY.accepts(name);
  }
}
