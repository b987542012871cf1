package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multimaps;
import com.google.common.math.LongMath;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The claim that stands for extended resources of a pod, before it has a name (R217 to R220): one
 * request for each container and resource, by name. Containers that keep running each have devices
 * of their own. An init container that ends before takes what those after it will have; the one
 * that is short of most has a request for the rest, which the others use too (R219).
 *
 * @param requests the requests, by name as text (R218)
 * @param uses which container uses which request, by resource, containers that keep running first
 */
record ExtendedClaim(ImmutableList<Asked> requests, ImmutableList<ExtendedUse> uses) {

  /**
   * A request.
   *
   * @param name its name
   * @param resource the resource that it stands for
   * @param deviceClass the class of the devices
   * @param count how many devices
   */
  record Asked(String name, String resource, String deviceClass, long count) {}

  /**
   * Returns the claim for what containers ask for; without requests where no class stands for any
   * of it.
   *
   * @param deviceClass the class that stands for a resource, if there is one
   */
  static ExtendedClaim of(
      List<ExtendedRequest> asking, Function<String, Optional<String>> deviceClass) {
    ImmutableListMultimap<String, ExtendedRequest> byResource =
        Multimaps.index(asking, ExtendedRequest::resource);
    List<Asked> requests = new ArrayList<>();
    ImmutableList.Builder<ExtendedUse> uses = ImmutableList.builder();
    byResource.keySet().stream()
        .sorted()
        .forEach(
            resource ->
                deviceClass
                    .apply(resource)
                    .ifPresent(
                        name ->
                            new OfResource(resource, name)
                                .add(byResource.get(resource), requests, uses)));
    requests.sort(Comparator.comparing(Asked::name));
    return new ExtendedClaim(ImmutableList.copyOf(requests), uses.build());
  }

  /** What containers ask for of one resource. */
  private record OfResource(String resource, String deviceClass) {

    void add(
        List<ExtendedRequest> asking,
        List<Asked> requests,
        ImmutableList.Builder<ExtendedUse> uses) {
      NavigableMap<Integer, Asked> running = new TreeMap<>();
      for (ExtendedRequest each : asking) {
        if (!each.shortLived()) {
          running.put(each.container(), asked(each, each.count()));
          uses.add(new ExtendedUse(each.name(), resource, each.requestName()));
        }
      }
      requests.addAll(running.values());
      Optional<Asked> rest = greatestRest(asking, running);
      rest.ifPresent(requests::add);
      for (ExtendedRequest each : asking) {
        if (each.shortLived()) {
          List<Asked> reused = reused(each, running);
          reused.forEach(later -> uses.add(new ExtendedUse(each.name(), resource, later.name())));
          if (count(reused) < each.count()) {
            uses.add(new ExtendedUse(each.name(), resource, rest.orElseThrow().name()));
          }
        }
      }
    }

    /** What the init container lacks that lacks most; of several the first, of none nothing. */
    private Optional<Asked> greatestRest(
        List<ExtendedRequest> asking, NavigableMap<Integer, Asked> running) {
      Asked greatest = null;
      for (ExtendedRequest each : asking) {
        long rest = each.shortLived() ? each.count() - count(reused(each, running)) : 0;
        if (rest > (greatest == null ? 0 : greatest.count())) {
          greatest = asked(each, rest);
        }
      }
      return Optional.ofNullable(greatest);
    }

    /** The first requests of containers behind an init container that give it enough, or all. */
    private static List<Asked> reused(
        ExtendedRequest request, NavigableMap<Integer, Asked> running) {
      List<Asked> reused = new ArrayList<>();
      for (Asked later : running.tailMap(request.container(), false).values()) {
        if (count(reused) < request.count()) {
          reused.add(later);
        }
      }
      return reused;
    }

    private static long count(List<Asked> requests) {
      return requests.stream().mapToLong(Asked::count).reduce(0, LongMath::saturatedAdd);
    }

    private Asked asked(ExtendedRequest request, long count) {
      return new Asked(request.requestName(), resource, deviceClass, count);
    }
  }

  /** Returns the claim under a name. */
  Claim claim(ClaimId id) {
    return Claim.builder()
        .id(id)
        .requests(requests.stream().map(ExtendedClaim::request).toList())
        .extendedResources(
            requests.stream().collect(ImmutableMap.toImmutableMap(Asked::name, Asked::resource)))
        .build();
  }

  private static Request request(Asked asked) {
    return new Request.Exactly(
        DeviceRequest.builder()
            .name(asked.name())
            .deviceClass(asked.deviceClass())
            .mode(AllocationMode.exactly(asked.count()))
            .build());
  }

  /**
   * Returns the claim as kube-scheduler makes it for a pod and the API server stores it, where no
   * node serves any of it; the time is left out.
   *
   * @param name the name of the claim and what it was made from
   * @param uid the uid of the claim
   * @param pod the pod, which becomes the owner
   */
  ObjectNode tree(GeneratedName name, String uid, PodObject pod) {
    ObjectNode tree = name.claim(pod.id().namespace(), uid);
    ObjectNode metadata = tree.withObject("/metadata");
    metadata.putObject("annotations").put(ClaimObject.EXTENDED_ANNOTATION, "true");
    metadata.putArray("ownerReferences").add(ClaimOwner.of(pod).reference());
    ArrayNode list = tree.putObject("spec").putObject("devices").putArray("requests");
    for (Asked asked : requests) {
      list.addObject()
          .put("name", asked.name())
          .putObject("exactly")
          .put("deviceClassName", asked.deviceClass())
          .put("allocationMode", "ExactCount")
          .put("count", asked.count());
    }
    return tree;
  }
}
