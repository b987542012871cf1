package io.tangram.k8s.read;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sums what a pod takes of its node, as kube-scheduler does: all containers at once, or the one
 * init container that runs with the most beside it if that is more, whichever is greater for each
 * resource. A restartable init container (a sidecar) keeps running, so it counts with the
 * containers and beside each init container after it. What the pod as a whole asks for takes the
 * place of the sum; the overhead comes on top.
 *
 * <p>A resource with a limit and no request is requested at its limit. A pod that is being resized
 * takes the most of what it asks for, what it was granted and what it has.
 */
final class PodResources {

  /** Each pod takes one of these. */
  static final String PODS = "pods";

  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";
  private static final String HUGE_PAGES = "hugepages-";
  private static final String RULE = "pod resources";
  private static final String RULE_OF_DEVICES = "R239";
  private static final int MILLI = 3;

  private final Field spec;
  private final Field status;
  private final boolean resizeInfeasible;

  private PodResources(Field pod) {
    spec = pod.get("spec");
    status = pod.get("status");
    resizeInfeasible =
        status.get("conditions").entries(Field.MANY, RULE).stream()
            .filter(condition -> condition.get("type").text().equals("PodResizePending"))
            .anyMatch(condition -> condition.get("reason").text().equals("Infeasible"));
  }

  /**
   * Returns what the pod takes, one of {@link #PODS} included; nothing that it takes 0 of.
   *
   * @param withDevices whether what its devices take counts, as its status has it (R239)
   */
  static ImmutableMap<String, Quantity> of(Field pod, boolean withDevices) {
    PodResources resources = new PodResources(pod);
    Map<String, Quantity> sum = resources.sum();
    if (withDevices) {
      resources.addDevices(sum);
    }
    ImmutableMap.Builder<String, Quantity> taken = ImmutableMap.builder();
    sum.forEach(
        (name, amount) -> {
          if (amount.signum() > 0 && !name.equals(PODS)) {
            taken.put(name, counted(name, amount));
          }
        });
    return taken.put(PODS, Quantity.ONE).buildOrThrow();
  }

  /** The scheduler counts CPU in thousandths and all else in units, rounded up for each pod. */
  private static Quantity counted(String name, Quantity amount) {
    BigDecimal rounded =
        amount.value().setScale(name.equals(CPU) ? MILLI : 0, RoundingMode.CEILING);
    return rounded.compareTo(amount.value()) == 0 ? amount : Quantity.of(rounded, amount.format());
  }

  private Map<String, Quantity> sum() {
    Map<String, Quantity> running = new LinkedHashMap<>();
    for (Field container : spec.get("containers").entries(Field.MANY, RULE)) {
      add(running, requests(container, "containerStatuses"));
    }
    Map<String, Quantity> sidecars = new LinkedHashMap<>();
    Map<String, Quantity> starting = new LinkedHashMap<>();
    for (Field container : spec.get("initContainers").entries(Field.MANY, RULE)) {
      Map<String, Quantity> requests = requests(container, "initContainerStatuses");
      if (isSidecar(container)) {
        add(running, requests);
        add(sidecars, requests);
        raise(starting, sidecars);
      } else {
        Map<String, Quantity> beside = new LinkedHashMap<>(sidecars);
        add(beside, requests);
        raise(starting, beside);
      }
    }
    raise(running, starting);
    running.putAll(ofWholePod(running));
    add(running, NodeParser.amounts(spec.get("overhead"), RULE));
    return running;
  }

  /** What the pod asks for as a whole covers what its devices take. */
  private void addDevices(Map<String, Quantity> sum) {
    Map<String, Quantity> more = new LinkedHashMap<>();
    for (Field claim :
        status.get("nodeAllocatableResourceClaimStatuses").entries(Field.MANY, RULE_OF_DEVICES)) {
      add(more, NodeParser.amounts(claim.get("resources"), RULE_OF_DEVICES));
      for (Field mapped : claim.get("mapping").entries(Field.MANY, RULE_OF_DEVICES)) {
        add(more, named(mapped, "quantity"));
      }
      int containers = claim.get("containers").entries(Field.MANY, RULE_OF_DEVICES).size();
      for (Field overhead : claim.get("overhead").entries(Field.MANY, RULE_OF_DEVICES)) {
        add(more, named(overhead, "perPod"));
        for (int i = 0; i < containers; i++) {
          add(more, named(overhead, "perContainer"));
        }
      }
    }
    more.keySet().removeAll(ofWholePod(sum).keySet());
    add(sum, more);
  }

  private static Map<String, Quantity> named(Field entry, String field) {
    return entry
        .get(field)
        .quantity()
        .map(amount -> Map.of(entry.get("name").requiredText(RULE_OF_DEVICES), amount))
        .orElse(Map.of());
  }

  /** Returns whether an init container keeps running beside what comes after it. */
  static boolean isSidecar(Field initContainer) {
    return initContainer.get("restartPolicy").text().equals("Always");
  }

  /**
   * What the pod as a whole asks for. With a limit only, that is what its containers ask for, or
   * the limit if they don't ask; huge pages can't be overcommitted and are taken at the limit.
   */
  private Map<String, Quantity> ofWholePod(Map<String, Quantity> ofContainers) {
    Field resources = spec.get("resources");
    Map<String, Quantity> requests =
        new LinkedHashMap<>(NodeParser.amounts(resources.get("requests"), RULE));
    NodeParser.amounts(resources.get("limits"), RULE)
        .forEach(
            (name, limit) -> {
              if (name.startsWith(HUGE_PAGES) || !ofContainers.containsKey(name)) {
                requests.putIfAbsent(name, limit);
              }
            });
    requests.keySet().removeIf(name -> !isOfWholePods(name));
    return requests;
  }

  private static boolean isOfWholePods(String name) {
    return name.equals(CPU) || name.equals(MEMORY) || name.startsWith(HUGE_PAGES);
  }

  private Map<String, Quantity> requests(Field container, String statuses) {
    Field resources = container.get("resources");
    Map<String, Quantity> wanted =
        new LinkedHashMap<>(NodeParser.amounts(resources.get("requests"), RULE));
    NodeParser.amounts(resources.get("limits"), RULE).forEach(wanted::putIfAbsent);
    Optional<Field> actual = actual(container, statuses);
    if (actual.isEmpty()) {
      return wanted;
    }
    Map<String, Quantity> most = resizeInfeasible ? new LinkedHashMap<>() : wanted;
    raise(most, NodeParser.amounts(actual.get().get("resources").get("requests"), RULE));
    raise(most, NodeParser.amounts(actual.get().get("allocatedResources"), RULE));
    return most;
  }

  private Optional<Field> actual(Field container, String statuses) {
    String name = container.get("name").text();
    return status.get(statuses).entries(Field.MANY, RULE).stream()
        .filter(each -> each.get("name").text().equals(name))
        .filter(each -> each.get("resources").isPresent())
        .findFirst();
  }

  private static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
    more.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
  }

  private static void raise(Map<String, Quantity> most, Map<String, Quantity> others) {
    others.forEach(
        (name, amount) -> most.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
  }
}
