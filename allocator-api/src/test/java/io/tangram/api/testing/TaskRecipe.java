package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.topology.LinkObjective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything random about what is to be optimised, beside the problem.
 *
 * @param admission the admission
 * @param objectives the objectives, in order
 * @param wishes what they look at, by {@link WishAspect}
 * @param demand the requests that are expected, by {@link DemandAspect}
 */
record TaskRecipe(Admission admission, List<Objective> objectives, Draw wishes, List<Draw> demand) {

  /** What varies in what is wished for as a whole. */
  enum WishAspect {
    DEMAND,
    PRICE_A,
    PRICE_B,
    PRICE_C,
    START,
    SPOILT,
    SPOILT_HOW,
    LINKS
  }

  /** What varies between requests that are expected. */
  enum DemandAspect {
    LIKE,
    CLASS,
    AMOUNT,
    TOLERATION,
    WEIGHT
  }

  /** Builds the options for a problem. */
  AllocationOptions options(AllocationProblem problem) {
    return AllocationOptions.builder()
        .admission(admission)
        .objectives(objectives)
        .expectedDemand(
            wishes.oneIn(3, WishAspect.DEMAND) ? Optional.of(expected(problem)) : Optional.empty())
        .prices(prices(problem))
        .linkObjective(
            wishes.oneOf(WishAspect.LINKS, LinkObjective.WORST_PAIR, LinkObjective.AGGREGATE))
        .start(wishes.oneIn(4, WishAspect.START) ? ImmutableMap.of() : earlier(problem))
        .build();
  }

  private ExpectedDemand expected(AllocationProblem problem) {
    Map<DeviceRequest, Integer> weights = new LinkedHashMap<>();
    for (Draw draw : demand) {
      weights.put(request(problem, draw), 1 + draw.below(3, DemandAspect.WEIGHT));
    }
    return new ExpectedDemand(ImmutableMap.copyOf(weights));
  }

  /** Returns a request that a claim has too, or one of no claim. */
  private static DeviceRequest request(AllocationProblem problem, Draw draw) {
    List<DeviceRequest> leaves = problem.claims().stream().flatMap(RequestRules::leaves).toList();
    if (!leaves.isEmpty() && draw.oneIn(2, DemandAspect.LIKE)) {
      return draw.oneOf(DemandAspect.CLASS, leaves);
    }
    List<String> classes =
        new ArrayList<>(problem.deviceClasses().stream().map(DeviceClass::name).toList());
    classes.add("missing");
    ImmutableDeviceRequest.Builder request =
        DeviceRequest.builder().name("next").deviceClass(draw.oneOf(DemandAspect.CLASS, classes));
    int amount = draw.below(4, DemandAspect.AMOUNT);
    if (amount > 0) {
      request.putCapacityRequests(DeviceAssembly.MEMORY, Quantity.gibibytes(10L * amount));
    }
    if (draw.oneIn(2, DemandAspect.TOLERATION)) {
      request.addTolerations(
          new Toleration("", Toleration.Operator.EXISTS, "", Optional.empty(), Optional.empty()));
    }
    return request.build();
  }

  private ImmutableMap<String, Long> prices(AllocationProblem problem) {
    ImmutableMap.Builder<String, Long> prices = ImmutableMap.builder();
    var aspects =
        Iterables.cycle(WishAspect.PRICE_A, WishAspect.PRICE_B, WishAspect.PRICE_C).iterator();
    problem
        .nodes()
        .forEach(node -> prices.put(node.name(), 250_000L * wishes.below(5, aspects.next())));
    return prices.buildOrThrow();
  }

  /** Returns what a plan for the claims in the opposite order gave, partly spoilt. */
  private ImmutableMap<ClaimId, Allocation> earlier(AllocationProblem problem) {
    AllocationProblem reversed =
        ImmutableAllocationProblem.copyOf(problem)
            .withClaims(problem.claims().reverse())
            .withSlices(problem.slices().reverse());
    AllocationOptions options =
        AllocationOptions.builder().admission(Admission.IN_ORDER).objectives(List.of()).build();
    ImmutableMap<ClaimId, Allocation> plan =
        BruteForceOracle.solve(reversed, options).allocations(7);
    Map<ClaimId, Allocation> earlier = new LinkedHashMap<>();
    int number = 0;
    for (Allocation allocation : plan.values()) {
      boolean isSpoilt = number++ % 3 == wishes.below(4, WishAspect.SPOILT);
      earlier.put(allocation.claim(), isSpoilt ? spoilt(allocation) : allocation);
    }
    return ImmutableMap.copyOf(earlier);
  }

  private Allocation spoilt(Allocation allocation) {
    List<DeviceAllocation> devices = new ArrayList<>(allocation.devices());
    if (!devices.isEmpty()) {
      DeviceAllocation last = devices.remove(devices.size() - 1);
      DeviceId id = last.device();
      switch (wishes.below(3, WishAspect.SPOILT_HOW)) {
        case 0 ->
            devices.add(
                ImmutableDeviceAllocation.copyOf(last)
                    .withDevice(new DeviceId(id.driver(), id.pool(), "gone")));
        case 1 -> devices.add(ImmutableDeviceAllocation.copyOf(last).withRequest("other"));
        default -> {}
      }
    }
    return ImmutableAllocation.copyOf(allocation).withDevices(devices);
  }
}
