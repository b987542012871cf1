package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import java.math.BigDecimal;
import java.util.List;

/**
 * What one container of a pod asks for of a resource that may be an extended one.
 *
 * @param container the place of the container among init containers and containers
 * @param name the name of the container
 * @param shortLived whether it is an init container that ends before others start
 * @param resource the resource
 * @param place the place of the resource among all that the container requests, by name
 * @param count how many; at least 1
 */
record ExtendedRequest(
    int container, String name, boolean shortLived, String resource, int place, long count) {

  private static final String RULE = "R218";

  /**
   * Returns what the containers of a pod ask for, by container and name of the resource; an amount
   * that is no whole number is only warned of (R222).
   */
  static ImmutableList<ExtendedRequest> parse(Field podSpec, ReadWarnings warnings) {
    List<Field> starting = podSpec.get("initContainers").entries(Field.MANY, RULE);
    List<Field> running = podSpec.get("containers").entries(Field.MANY, RULE);
    ImmutableList.Builder<ExtendedRequest> requests = ImmutableList.builder();
    int number = 0;
    for (Field container : Iterables.concat(starting, running)) {
      boolean shortLived = number < starting.size() && !PodResources.isSidecar(container);
      add(container, number, shortLived, warnings, requests);
      number++;
    }
    return requests.build();
  }

  /** What is limited and not requested is requested at its limit. */
  private static void add(
      Field container,
      int number,
      boolean shortLived,
      ReadWarnings warnings,
      ImmutableList.Builder<ExtendedRequest> into) {
    Field requests = container.get("resources").get("requests");
    Field limits = container.get("resources").get("limits");
    ImmutableSortedSet<String> names =
        ImmutableSortedSet.<String>naturalOrder()
            .addAll(requests.names())
            .addAll(limits.names())
            .build();
    for (String name : names) {
      if (!ResourceNames.mayBeExtended(name)) {
        continue;
      }
      Field amount = requests.get(name).isPresent() ? requests.get(name) : limits.get(name);
      BigDecimal count = amount.requiredQuantity(RULE).value();
      if (count.stripTrailingZeros().scale() > 0) {
        warnOfPart(amount, warnings);
      } else if (count.signum() > 0) {
        into.add(
            new ExtendedRequest(
                number,
                container.get("name").text(),
                shortLived,
                name,
                names.headSet(name).size(),
                count.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact()));
      }
    }
  }

  private static void warnOfPart(Field amount, ReadWarnings warnings) {
    warnings.add(
        amount.label()
            + ": "
            + amount.path()
            + ": "
            + amount.text()
            + " is no whole number, so no device is given for it (R222).");
  }

  /** The name that the request has in a claim (R218). */
  String requestName() {
    return "container-" + container + "-request-" + place;
  }
}
