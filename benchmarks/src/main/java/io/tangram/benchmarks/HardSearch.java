package io.tangram.benchmarks;

import static io.tangram.benchmarks.NodeSketch.all;
import static io.tangram.benchmarks.NodeSketch.distinct;
import static io.tangram.benchmarks.NodeSketch.leaf;
import static io.tangram.benchmarks.NodeSketch.list;
import static io.tangram.benchmarks.NodeSketch.match;
import static io.tangram.benchmarks.NodeSketch.room;
import static io.tangram.benchmarks.NodeSketch.some;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.DeviceSelectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What a claim, or a pod, may ask of one node so that a search that tries devices one after the
 * other looks at thousands or billions of combinations before it knows the answer.
 */
public enum HardSearch {
  /** 24 of 23 equal devices. */
  ONE_TOO_FEW(
      false,
      () -> new NodeSketch().devices(23, "gpu").claim(List.of(some("r", "gpu", 24))).withOnePod()),

  /** 12 of 24 devices that differ, and one that draws what these leave too little of. */
  DEAD_END_AT_THE_LAST(
      false,
      () -> {
        NodeSketch node = new NodeSketch().counters("power", 13);
        IntStream.range(0, 24)
            .forEach(i -> node.device("gpu", numbered(i), new NodeSketch.Draw("power", 1)));
        return node.device("switch", Map.of(), new NodeSketch.Draw("power", 2))
            .claim(List.of(some("gpus", "gpu", 12), some("last", "switch", 1)))
            .withOnePod();
      }),

  /** 12 of 24 devices that differ, all in another rack than the last one. */
  ANOTHER_RACK_AT_THE_LAST(
      false,
      () -> {
        NodeSketch node = new NodeSketch();
        IntStream.range(0, 24)
            .forEach(i -> node.device("gpu", Map.of("rack", text("left"), "port", text("p" + i))));
        return node.device("switch", Map.of("rack", text("right"), "port", text("p0")))
            .claim(
                List.of(some("gpus", "gpu", 12), some("last", "switch", 1)),
                match("rack"),
                distinct("port"))
            .withOnePod();
      }),

  /** 11 of 40 devices on one of four roots, which have ten each. */
  ELEVEN_ON_ONE_ROOT(
      false,
      () -> onFourRoots(10).claim(List.of(some("r", "gpu", 11)), match("root")).withOnePod()),

  /** The same, one of the roots having another one. */
  ELEVEN_ON_THE_LAST_ROOT(
      true,
      () ->
          onFourRoots(10)
              .device("gpu", Map.of("root", text("root3")))
              .claim(List.of(some("r", "gpu", 11)), match("root"))
              .withOnePod()),

  /** 17 partitions of half a GPU from 8 GPUs, in one request. */
  SEVENTEEN_HALVES(false, () -> partitions(List.of(claimOf(17, "3g.40gb", 1)))),

  /** The same in requests of one. */
  SEVENTEEN_REQUESTS_FOR_A_HALF(false, () -> partitions(List.of(claimOf(1, "3g.40gb", 17)))),

  /** The same in claims of one, for one pod. */
  SEVENTEEN_CLAIMS_FOR_A_HALF(false, () -> partitions(copies(17, i -> claimOf(1, "3g.40gb", 1)))),

  /** Nine pairs of two models with nine devices each: one is left over of each. */
  ODD_PAIRS(false, () -> oddPairs(9)),

  /** Eight such pairs. */
  EVEN_PAIRS(true, () -> oddPairs(8)),

  /** Nine pairs of quarters, each pair on one GPU, from 8 GPUs with three quarters each. */
  ODD_PAIRS_OVER_PARTS(false, () -> pairsOnAGpu(9)),

  /** Eight such pairs. */
  EVEN_PAIRS_OVER_PARTS(true, () -> pairsOnAGpu(8)),

  /** Four requests with eight alternatives each, which in every combination want one too many. */
  NESTED_LISTS(false, () -> nestedLists(7)),

  /** The same where the last alternatives go together. */
  NESTED_LISTS_TO_THE_LAST(true, () -> nestedLists(8)),

  /** 32 lists of three alternatives, of which only the last is there often enough. */
  LAST_ALTERNATIVES(
      true,
      () ->
          new NodeSketch()
              .devices(7, "a")
              .devices(9, "b")
              .devices(16, "c")
              .claim(
                  copies(
                      16,
                      i ->
                          list(
                              "r" + i,
                              List.of(
                                  leaf("two-a", "a", 8),
                                  leaf("two-b", "b", 10),
                                  leaf("c", "c", 1)))))
              .withOnePod()),

  /** Two constraints that cross: one root for the first two requests, one socket for the last. */
  CROSSING_MATCHES(false, () -> crossingMatches(false)),

  /** The same where one device sits right. */
  CROSSING_MATCHES_THAT_MEET(true, () -> crossingMatches(true)),

  /** Lists of which any two devices have something in common, but no twelve. */
  LISTS_WITHOUT_COMMON_ELEMENT(false, () -> lists(false)),

  /** The same where twelve do. */
  LISTS_WITH_A_COMMON_ELEMENT(true, () -> lists(true)),

  /** All NICs, and a GPU on the socket of each of them, which are two. */
  ALL_MODE_AND_CROSSING_MATCHES(
      false,
      () -> {
        NodeSketch node = new NodeSketch();
        IntStream.range(0, 16)
            .forEach(
                i ->
                    node.device("gpu", Map.of("socket", text("s" + i % 2), "port", text("p" + i))));
        IntStream.range(0, 8)
            .forEach(
                i ->
                    node.device("nic", Map.of("socket", text("s" + i / 7), "port", text("p" + i))));
        return node.claim(
                List.of(some("gpus", "gpu", 8), all("nics", "nic")),
                distinct("port", "gpus"),
                match("socket"))
            .withOnePod();
      }),

  /** Shares of 7 and 5 on devices with room for 16: 16 of 7 leave too little for 9 of 5. */
  SIZES_THAT_DO_NOT_GO_TOGETHER(false, () -> sizes(13, 12)),

  /** A few less. */
  SIZES_THAT_GO_TOGETHER(true, () -> sizes(8, 8)),

  /** 32 of 40 devices with distinct ports, of which there are 31. */
  PORTS_TOO_FEW(false, () -> ports(31)),

  /** 32 ports. */
  PORTS_ENOUGH(true, () -> ports(32));

  private final boolean fits;

  @SuppressWarnings("ImmutableEnumChecker") // it is immutable
  private final Supplier<AllocationProblem> problem;

  HardSearch(boolean fits, Supplier<AllocationProblem> problem) {
    this.fits = fits;
    this.problem = problem;
  }

  /** The node and who asks. */
  AllocationProblem problem() {
    return problem.get();
  }

  /** Whether it fits. */
  boolean fits() {
    return fits;
  }

  private static AttributeValue text(String value) {
    return new AttributeValue.StringValue(value);
  }

  private static Map<String, AttributeValue> numbered(int i) {
    return Map.of("uuid", text("u" + i));
  }

  private interface Indexed<T> {
    T of(int i);
  }

  private static <T> List<T> copies(int count, Indexed<T> one) {
    List<T> copies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      copies.add(one.of(i));
    }
    return copies;
  }

  private static NodeSketch onFourRoots(int each) {
    NodeSketch node = new NodeSketch();
    for (int i = 0; i < 4 * each; i++) {
      node.device("gpu", Map.of("root", text("root" + i % 4), "uuid", text("u" + i)));
    }
    return node;
  }

  private static List<Request> claimOf(int count, String profile, int requests) {
    return copies(
        requests,
        i ->
            new Request.Exactly(
                DeviceRequest.builder()
                    .name(profile.replace('.', '-') + "-" + i)
                    .deviceClass(NvidiaDriver.MIG_CLASS)
                    .mode(AllocationMode.exactly(count))
                    .addSelectors(DeviceSelectors.attributeEquals(NvidiaDriver.PROFILE, profile))
                    .build()));
  }

  /** A node of 8 H100 with every placement, and a pod of claims. */
  private static AllocationProblem partitions(List<List<Request>> requests) {
    return partitions(requests, List.of());
  }

  private static AllocationProblem partitions(
      List<List<Request>> requests, List<DeviceConstraint> constraints) {
    PublishedNode node =
        NodeTemplate.builder()
            .machine(HardwareCatalog.standard().machine("8xH100-80GB"))
            .partitioning(Partitioning.EVERY_PLACEMENT)
            .build()
            .publish("node");
    List<Claim> claims =
        copies(
            requests.size(),
            i ->
                Claim.builder()
                    .id(new ClaimId("ns", "claim-" + i))
                    .requests(requests.get(i))
                    .constraints(constraints)
                    .build());
    return AllocationProblem.builder()
        .deviceClasses(NvidiaDriver.deviceClasses())
        .addNodes(node.node())
        .slices(node.slices())
        .claims(claims)
        .addWorkloads(
            Workload.builder()
                .id(new WorkloadId("ns", "pod"))
                .claims(claims.stream().map(Claim::id).collect(ImmutableList.toImmutableList()))
                .build())
        .build();
  }

  private static AllocationProblem oddPairs(int pairs) {
    return new NodeSketch()
        .devices(9, "a")
        .devices(9, "b")
        .claim(copies(pairs, i -> list("r" + i, List.of(leaf("as", "a", 2), leaf("bs", "b", 2)))))
        .withOnePod();
  }

  /** Each pair is a request of two on one GPU, or would be if a request could be matched alone. */
  private static AllocationProblem pairsOnAGpu(int pairs) {
    List<Request> requests = new ArrayList<>();
    List<DeviceConstraint> constraints = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      DeviceRequest quarter =
          DeviceRequest.builder()
              .name("pair-" + i)
              .deviceClass(NvidiaDriver.MIG_CLASS)
              .mode(AllocationMode.exactly(2))
              .addSelectors(DeviceSelectors.attributeEquals(NvidiaDriver.PROFILE, "2g.20gb"))
              .build();
      requests.add(new Request.Exactly(quarter));
      constraints.add(
          new DeviceConstraint.MatchAttribute(
              ImmutableList.of(quarter.name()), NvidiaDriver.PARENT_UUID));
    }
    return partitions(List.of(requests), constraints);
  }

  /** The i-th alternative wants i + 1 devices of the i-th kind, of which some are there. */
  private static AllocationProblem nestedLists(int last) {
    NodeSketch node = new NodeSketch();
    for (int kind = 0; kind < 8; kind++) {
      node.devices(kind == 7 ? last * 4 : 7 - kind, "k" + kind);
    }
    return node.claim(
            copies(4, i -> list("r" + i, copies(8, kind -> leaf("a" + kind, "k" + kind, 8)))))
        .withOnePod();
  }

  private static AllocationProblem crossingMatches(boolean meet) {
    NodeSketch node = new NodeSketch();
    for (int i = 0; i < 16; i++) {
      node.device("gpu", Map.of("root", text("r" + i % 8), "socket", text("s0")));
      node.device(
          "nic", Map.of("root", text("r" + (meet && i == 15 ? 3 : 8)), "socket", text("s1")));
      node.device("disk", Map.of("root", text("r" + i % 4), "socket", text("s" + (1 + i % 2))));
    }
    return node.claim(
            List.of(some("gpu", "gpu", 2), some("nic", "nic", 1), some("disk", "disk", 2)),
            match("root", "gpu", "nic"),
            match("socket", "nic", "disk"))
        .withOnePod();
  }

  /** The i-th of 24 devices lists all of 24 elements but the i-th and the one behind that. */
  private static AllocationProblem lists(boolean common) {
    NodeSketch node = new NodeSketch();
    for (int i = 0; i < 24; i++) {
      int without = i;
      ImmutableList<String> elements =
          IntStream.range(0, 24)
              .filter(e -> e % 12 != without % 12)
              .mapToObj(e -> "e" + e)
              .collect(ImmutableList.toImmutableList());
      node.device("gpu", Map.of("links", new AttributeValue.StringList(elements)));
    }
    if (common) {
      node.device(
          "gpu", Map.of("links", new AttributeValue.StringList(ImmutableList.of("e0", "e12"))));
    }
    return node.claim(List.of(some("r", "gpu", 23)), match("links")).withOnePod();
  }

  private static AllocationProblem sizes(int sevens, int fives) {
    NodeSketch node = new NodeSketch();
    for (int i = 0; i < 10; i++) {
      node.shared("gpu", 16);
    }
    List<Request> requests = new ArrayList<>(copies(sevens, i -> room("seven-" + i, "gpu", 7)));
    requests.addAll(copies(fives, i -> room("five-" + i, "gpu", 5)));
    return node.claim(requests).withOnePod();
  }

  private static AllocationProblem ports(int ports) {
    NodeSketch node = new NodeSketch();
    for (int i = 0; i < 40; i++) {
      node.device("nic", Map.of("port", text("p" + i % ports), "uuid", text("u" + i)));
    }
    return node.claim(List.of(some("r", "nic", 32)), distinct("port")).withOnePod();
  }
}
