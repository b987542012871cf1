package io.tangram.k8s.read;

import java.util.List;

/** Finds what containers request beyond their limits, which an API server would refuse. */
final class ContainerLimits {

  private static final String RULE = "pod resources";
  private static final String HUGE_PAGES = "hugepages-";

  private ContainerLimits() {}

  /** Warns of each request of a pod that is out of proportion to its limit. */
  static void check(Field podSpec, ReadWarnings warnings) {
    for (String list : List.of("initContainers", "containers")) {
      for (Field container : podSpec.get(list).entries(Field.MANY, RULE)) {
        Field limits = container.get("resources").get("limits");
        for (Field request : container.get("resources").get("requests").mapEntries()) {
          Field limit = limits.get(request.key());
          if (limit.isPresent() && !limit.node().equals(request.node())) {
            check(request, limit, warnings);
          }
        }
      }
    }
  }

  private static void check(Field request, Field limit, ReadWarnings warnings) {
    int order = request.requiredQuantity(RULE).compareTo(limit.requiredQuantity(RULE));
    boolean equal = mustBeEqual(request.key());
    if (order > 0 || (equal && order != 0)) {
      String first =
          request
              .bad(
                  request.shown()
                      + (equal ? " must be equal to" : " must not be more than")
                      + " the limit, "
                      + limit.shown()
                      + " ("
                      + RULE
                      + ")")
              .getMessage();
      warnings.count(
          "requests beside limits",
          times ->
              first
                  + "; an API server would refuse it"
                  + (times == 1 ? "." : ", and " + (times - 1) + " more such requests."));
    }
  }

  /** What can't be overcommitted is requested at its limit. */
  private static boolean mustBeEqual(String resource) {
    return resource.startsWith(HUGE_PAGES) || ResourceNames.isExtended(resource);
  }
}
