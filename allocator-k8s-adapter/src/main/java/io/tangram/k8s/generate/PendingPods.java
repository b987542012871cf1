package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.device.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pending pods, and the pending claims dealt out among them: each gets one, then random ones get
 * more until all are dealt. Claims of a template are not made; the pod names the template.
 */
final class PendingPods {

  /** Tell what is drawn here from what else is drawn. */
  private static final int DRAWS_OF_SIZES = 5;

  private static final int DRAWS = 6;

  private final SampleCluster cluster;
  private final PodPlan plan;
  private final PendingClaims claims;

  /** The number of the first claim of each pod, and at the end that of all claims. */
  private final int[] first;

  PendingPods(SampleCluster cluster, PodPlan plan, PendingClaims claims) {
    this.cluster = cluster;
    this.plan = plan;
    this.claims = claims;
    this.first = deal(plan, claims.size(), SeededRandom.of(cluster.seed(), DRAWS_OF_SIZES, ""));
  }

  static void check(PodPlan plan, int claims) {
    if (claims < plan.pending()) {
      throw new IllegalArgumentException(
          "The pending claims are "
              + claims
              + "; the pods must not be more, but are "
              + plan.pending()
              + ". Ask for more claims or fewer pods.");
    }
    long most = (long) plan.pending() * plan.mostClaims();
    if (claims > most) {
      throw new IllegalArgumentException(
          "The pending claims are "
              + claims
              + "; the pods can have "
              + most
              + " of them at most. Ask for more pods, or more claims in each.");
    }
  }

  private static int[] deal(PodPlan plan, int claims, Random random) {
    int[] sizes = new int[plan.pending()];
    int[] open = IntStream.range(0, sizes.length).toArray();
    int openCount = plan.mostClaims() > 1 ? open.length : 0;
    for (int dealt = sizes.length; dealt < claims; dealt++) {
      int at = random.nextInt(openCount);
      sizes[open[at]]++;
      if (sizes[open[at]] == plan.mostClaims() - 1) {
        openCount--;
        open[at] = open[openCount];
      }
    }
    int[] first = new int[sizes.length + 1];
    for (int pod = 0; pod < sizes.length; pod++) {
      first[pod + 1] = first[pod] + 1 + sizes[pod];
    }
    return first;
  }

  /** Returns templates, then each pod behind its claims. */
  Stream<ObjectNode> objects() {
    Stream<ObjectNode> templates =
        plan.fromTemplates() > 0
            ? cluster.pending().elementSet().stream()
                .map(shape -> shape.template(cluster.namespace()))
            : Stream.empty();
    return Stream.concat(
        templates, IntStream.range(0, plan.pending()).boxed().flatMap(pod -> pod(pod).stream()));
  }

  private List<ObjectNode> pod(int number) {
    String name = "pod-" + SampleCluster.padded(number + 1, plan.pending());
    Random random = SeededRandom.of(cluster.seed(), DRAWS, name);
    Map<String, Quantity> requests = new LinkedHashMap<>();
    requests.put("cpu", plan.cpu().draw(random));
    requests.put("memory", plan.memory().draw(random));
    ObjectNode pod =
        PodObjects.pod(
            cluster.namespace(), name, PendingClaims.arrival(first[number]), "Pending", requests);
    List<ObjectNode> objects = new ArrayList<>();
    for (int claim = first[number]; claim < first[number + 1]; claim++) {
      if (random.nextDouble() < plan.fromTemplates()) {
        PodObjects.addTemplate(pod, claims.shape(claim).label());
      } else {
        ObjectNode object = claims.object(claim);
        PodObjects.addClaim(pod, object.at("/metadata/name").textValue());
        objects.add(object);
      }
    }
    prioritize(pod, plan, random);
    objects.add(pod);
    return objects;
  }

  /** Gives the pod one of the priorities, if there are any. */
  static void prioritize(ObjectNode pod, PodPlan plan, Random random) {
    if (!plan.priorities().isEmpty()) {
      String name =
          plan.priorities().keySet().asList().get(random.nextInt(plan.priorities().size()));
      PodObjects.setPriority(pod, name, plan.priorities().getOrDefault(name, 0));
    }
  }
}
