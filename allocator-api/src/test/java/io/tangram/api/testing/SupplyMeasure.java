package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.claim.Request;
import io.tangram.api.device.PoolId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many devices could still be given to each of the requests that are expected, tried out: each
 * device is given or not, a shared one until it is refused.
 */
final class SupplyMeasure {

  /** A device as one of the nodes sees it. */
  private record Seen(PublishedDevice device, NodeView view) {}

  /** A request with the devices that suit it, by pool and generation. */
  private record Expected(DeviceRequest leaf, long worth, List<List<Seen>> suitable) {}

  private record Question(List<Seen> suitable, Usage usage) {}

  private final UsageRules usages;
  private final List<Expected> expected = new ArrayList<>();
  private final Map<Question, Long> answers = new HashMap<>();
  private final long supplyBefore;

  SupplyMeasure(AllocationProblem problem, AllocationOptions options) {
    this.usages = new UsageRules(problem);
    RequestRules rules = new RequestRules(problem);
    DeviceMeasures measures = new DeviceMeasures(problem);
    ImmutableList<NodeView> views = NodeView.ofAll(problem);
    ExpectedDemand demand =
        options
            .expectedDemand()
            .orElseGet(() -> ExpectedDemand.of(problem.claims()).equallyWeighted());
    demand
        .weights()
        .forEach(
            (leaf, weight) -> {
              List<List<Seen>> suitable =
                  rules.isClassMissing(leaf) ? List.of() : suitable(leaf, rules, views);
              long share =
                  suitable.stream()
                      .flatMap(List::stream)
                      .mapToLong(seen -> measures.share(chosen(leaf, seen)))
                      .min()
                      .orElse(0);
              if (share > 0) {
                expected.add(new Expected(leaf, weight * share, suitable));
              }
            });
    this.supplyBefore = supply(usages.held());
  }

  private static List<List<Seen>> suitable(
      DeviceRequest leaf, RequestRules rules, List<NodeView> views) {
    record Generation(PoolId pool, long number) {}
    Map<Generation, Map<String, Seen>> found = new LinkedHashMap<>();
    for (NodeView view : views) {
      for (PublishedDevice device : rules.candidates(leaf, view)) {
        Generation generation =
            new Generation(device.id().poolId(), view.contentsOf(device.id()).generation());
        found
            .computeIfAbsent(generation, none -> new LinkedHashMap<>())
            .putIfAbsent(device.id().device(), new Seen(device, view));
      }
    }
    return found.values().stream().map(seen -> List.copyOf(seen.values())).toList();
  }

  private static ChosenDevice chosen(DeviceRequest leaf, Seen seen) {
    return new ChosenDevice(new Request.Exactly(leaf), leaf, seen.device());
  }

  /** Returns the supply before any plan less the supply beside this usage, in millionths. */
  long loss(Usage usage) {
    return supplyBefore - supply(usage);
  }

  private long supply(Usage usage) {
    long supply = 0;
    for (Expected each : expected) {
      for (List<Seen> ofPool : each.suitable()) {
        PoolId pool = ofPool.get(0).device().id().poolId();
        Question question = new Question(ofPool, usage.only(id -> id.poolId().equals(pool)));
        Long known = answers.get(question);
        if (known == null) {
          known = most(each.leaf(), ofPool, question.usage(), 0);
          answers.put(question, known);
        }
        supply += each.worth() * known;
      }
    }
    return supply;
  }

  /** Returns how many can be given at most of the devices from the first on. */
  private long most(DeviceRequest leaf, List<Seen> devices, Usage usage, int first) {
    if (first == devices.size()) {
      return 0;
    }
    Seen seen = devices.get(first);
    long given = 0;
    Usage after = usage;
    for (Optional<Usage> next = with(leaf, seen, after); next.isPresent(); ) {
      given++;
      after = next.get();
      next = with(leaf, seen, after);
    }
    long most = given + most(leaf, devices, after, first + 1);
    boolean mayBlockOthers = given > 0 && !seen.device().device().consumesCounters().isEmpty();
    return mayBlockOthers ? Math.max(most, most(leaf, devices, usage, first + 1)) : most;
  }

  private Optional<Usage> with(DeviceRequest leaf, Seen seen, Usage usage) {
    return usages.after(usage, ImmutableList.of(chosen(leaf, seen)), seen.view());
  }
}
