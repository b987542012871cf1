package io.tangram.benchmarks.quality;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MigProfile;
import io.tangram.benchmarks.Arguments;
import io.tangram.benchmarks.MarkdownTable;
import io.tangram.k8s.generate.WorkloadMix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many partitions does each allocator put on empty GPUs, and how much of the devices? Requests
 * are drawn from a mix until their memory slices are all that 100 GPUs have, and arrive in the
 * order in which they are drawn. Two optimal plans are compared with those of the greedy
 * allocators: one admits the most claims, the other the greatest sum of device shares.
 *
 * <p>Prints a Markdown table of means over seeds, requests admitted and the sum of their device
 * shares, then a line of JSON for each mix, with the part of the compute slices as well. The sum
 * passes 100, as a partition counts by the scarcest of what it takes. The model of the GPUs may be
 * named, and the number of seeds, 10 by default.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -cp benchmarks/target/fast/benchmarks.jar io.tangram.benchmarks.quality.StaticFill H100-80GB 10
 * </pre>
 *
 * <p>H100-80GB, ten seeds, all optima proven; 14 s on two cores that were busy otherwise too, JDK
 * 17, 22 November 2026:
 *
 * <pre>
 * mix      drawn  first-fit      best-fit       fragmentation  most-claims    most-device-share
 * uniform  229.9  225.8 / 102.6  225.4 / 102.7  225.4 / 102.7  229.3 / 104.3  228.8 / 104.7
 * small    331.8  319.8 / 102.6  319.9 / 102.8  320.3 / 102.8  331.1 / 105.8  330.8 / 106.3
 * big      171.5  168.5 / 101.7  169.0 / 102.1  169.0 / 102.1  170.1 / 102.7  169.8 / 103.4
 * ends     204.0  199.4 / 100.9  199.3 / 100.8  199.3 / 100.8  203.1 / 102.6  201.9 / 103.0
 * served   318.7  307.4 / 102.6  308.2 / 102.7  308.1 / 102.7  317.9 / 105.5  317.6 / 106.1
 * </pre>
 */
public final class StaticFill {

  private static final int GPUS = 100;

  private final GpuModel model;
  private final int gpus;
  private final int seeds;
  private final ImmutableMap<MigProfile, Double> shares;

  /**
   * Prepares fills.
   *
   * @param gpus how many GPUs are filled
   * @param seeds how many queues are drawn, from seeds 0, 1, 2, ...
   */
  StaticFill(GpuModel model, int gpus, int seeds) {
    this.model = model;
    this.gpus = gpus;
    this.seeds = seeds;
    this.shares = FillResult.shares(model);
  }

  /** The means over the seeds: how many requests were drawn, and what came of them. */
  record Means(double drawn, Map<Contestant, FillResult> results) {}

  /**
   * Fills GPUs.
   *
   * @param args the model, {@code H100-80GB} by default, and how many seeds, 10 by default. The
   *     process ends with 2 if there is no such model or number
   */
  public static void main(String[] args) {
    Arguments.orExit(() -> parse(args)).print();
  }

  private static StaticFill parse(String[] args) {
    return new StaticFill(
        HardwareCatalog.standard().model(args.length > 0 ? args[0] : "H100-80GB"),
        GPUS,
        args.length > 1 ? Arguments.count("seeds", args[1]) : 10);
  }

  private void print() {
    List<String> columns = new ArrayList<>(List.of("mix", "drawn"));
    for (Contestant contestant : Contestant.values()) {
      columns.add(contestant.label());
    }
    columns.add("proven");
    MarkdownTable table = new MarkdownTable(System.out, columns.toArray(String[]::new));
    List<String> json = new ArrayList<>();
    for (WorkloadMix mix : WorkloadMix.values()) {
      Means means = fill(mix, Contestant.values());
      List<Object> cells = new ArrayList<>(List.of(mix.label(), oneDigit(means.drawn())));
      means
          .results()
          .values()
          .forEach(
              each -> cells.add(oneDigit(each.admitted()) + " / " + oneDigit(each.deviceShare())));
      cells.add(
          "%d and %d of %d"
              .formatted(
                  proven(means, Contestant.MOST_CLAIMS),
                  proven(means, Contestant.MOST_DEVICE_SHARE),
                  seeds));
      table.row(cells.toArray());
      json.add(json(mix, means));
    }
    json.forEach(System.out::println);
  }

  /** Lets each fill the GPUs, for every seed. */
  Means fill(WorkloadMix mix, Contestant... contestants) {
    long drawn = 0;
    Map<Contestant, List<FillResult>> results = new EnumMap<>(Contestant.class);
    for (int seed = 0; seed < seeds; seed++) {
      GpuFill fill = GpuFill.drawn(model, gpus, mix, seed);
      drawn += fill.requests().size();
      AllocationProblem problem = fill.problem();
      for (Contestant contestant : contestants) {
        results
            .computeIfAbsent(contestant, each -> new ArrayList<>())
            .add(FillResult.of(fill, contestant.allocate(problem), shares));
      }
    }
    Map<Contestant, FillResult> means = new EnumMap<>(Contestant.class);
    results.forEach((contestant, all) -> means.put(contestant, FillResult.mean(all)));
    return new Means((double) drawn / seeds, means);
  }

  private long proven(Means means, Contestant contestant) {
    FillResult mean = means.results().get(contestant);
    return mean == null ? 0 : Math.round(mean.proven() * seeds);
  }

  private static String oneDigit(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String json(WorkloadMix mix, Means means) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("mix", mix.label()).put("drawn", means.drawn());
    means
        .results()
        .forEach(
            (contestant, mean) ->
                line.putObject(contestant.label())
                    .put("admitted", mean.admitted())
                    .put("deviceShare", mean.deviceShare())
                    .put("computeSlices", mean.computeSlices())
                    .put("proven", mean.proven()));
    return line.toString();
  }
}
