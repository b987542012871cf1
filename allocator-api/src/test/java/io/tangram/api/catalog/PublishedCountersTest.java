package io.tangram.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the published counters allow, next to what the placements allow. */
class PublishedCountersTest {

  static Stream<GpuModel> verifiedModels() {
    return HardwareCatalog.standard().models().stream().filter(GpuModel::verified);
  }

  static Stream<GpuModel> sevenSliceModels() {
    return verifiedModels().filter(model -> model.computeSlices().orElse(0) == 7);
  }

  @ParameterizedTest
  @MethodSource("verifiedModels")
  void setsThatFitTheCountersAreTheLegalLayouts(GpuModel model) {
    Set<Set<String>> legal = new HashSet<>();
    model.layouts(model.profiles()).forEach(layout -> legal.add(names(layout)));

    assertThat(setsThatFit(publish(model))).isEqualTo(legal);
  }

  /** On seven-slice boards no engine forbids what the placements of plain profiles allow. */
  @ParameterizedTest
  @MethodSource("sevenSliceModels")
  void enginesForbidNoPlacementsOfPlainProfilesOnSevenSliceBoards(GpuModel model) {
    ImmutableList<MigProfile> plain =
        model.profiles().stream()
            .filter(MigProfile::isPlain)
            .collect(ImmutableList.toImmutableList());

    assertThat(model.layouts(plain)).hasSize((int) byPlacement(plain).count());
  }

  /** There is one set of JPEG and optical flow engines to give away; nothing else is scarce. */
  @ParameterizedTest
  @ValueSource(
      strings = {"A30-24GB", "A100-40GB", "A100-80GB", "H100-80GB", "H100-94GB", "H200-141GB"})
  void enginesForbidTwoInstancesWithMediaExtensionsAndNothingElse(String key) {
    GpuModel model = HardwareCatalog.standard().model(key);

    ImmutableList<MigLayout> layouts = model.layouts(model.profiles());

    assertThat(layouts)
        .hasSize(
            (int)
                byPlacement(model.profiles())
                    .filter(PublishedCountersTest::hasAtMostOneMediaExtension)
                    .count());
    assertThat(layouts).hasSizeLessThan((int) byPlacement(model.profiles()).count());
  }

  private static boolean hasAtMostOneMediaExtension(List<MigInstance> instances) {
    return instances.stream().filter(each -> each.profile().name().endsWith("+me")).count() <= 1;
  }

  @ParameterizedTest
  @CsvSource({
    "1g.10gb, decoders, 1, 7",
    "1g.10gb+me, decoders, 1, 7",
    "1g.20gb, memory, 157, 634",
    "2g.20gb, decoders, 2, 7",
    "3g.40gb, memory, 158, 317",
    "4g.40gb, decoders, 4, 7",
    "7g.80gb, decoders, 1, 1"
  })
  void sharesOfAnH100AreThoseOfItsScarcestCounter(
      String profile, String scarcest, long numerator, long denominator) {
    GpuModel model = HardwareCatalog.standard().model("H100-80GB");
    PublishedNode node = publish(model);
    ImmutableMap<String, Quantity> declared = counterSet(node).counters();
    Device device =
        node.slices().get(1).devices().stream()
            .filter(each -> hasProfile(each, profile))
            .findFirst()
            .orElseThrow();
    ImmutableMap<String, Quantity> consumed = device.consumesCounters().get(0).counters();

    ImmutableSet<String> partly = countersTakenInPart(node);

    assertThat(partly)
        .containsExactlyInAnyOrder(
            "multiprocessors", "copy-engines", "decoders", "jpeg-engines", "memory");
    assertThat(partly)
        .allSatisfy(
            counter ->
                assertThat(
                        product(consumed.get(counter), denominator)
                            .compareTo(product(declared.get(counter), numerator)))
                    .isNotPositive());
    assertThat(product(consumed.get(scarcest), denominator))
        .isEqualByComparingTo(product(declared.get(scarcest), numerator));
  }

  private static BigDecimal product(Quantity quantity, long factor) {
    return quantity.value().multiply(BigDecimal.valueOf(factor));
  }

  /** The counters of which some device takes a part, neither nothing nor all. */
  private static ImmutableSet<String> countersTakenInPart(PublishedNode node) {
    ImmutableSet.Builder<String> partly = ImmutableSet.builder();
    for (Device device : node.slices().get(1).devices()) {
      device
          .consumesCounters()
          .get(0)
          .counters()
          .forEach(
              (counter, amount) -> {
                Quantity declared = counterSet(node).counters().get(counter);
                if (amount.signum() > 0 && amount.compareTo(declared) < 0) {
                  partly.add(counter);
                }
              });
    }
    return partly.build();
  }

  private static boolean hasProfile(Device device, String profile) {
    return String.valueOf(device.attribute(NvidiaDriver.NAME, NvidiaDriver.PROFILE))
        .equals("StringValue[value=" + profile + "]");
  }

  /** A node with one GPU of the model. */
  private static PublishedNode publish(GpuModel model) {
    MachineModel machine =
        MachineModel.builder().name("one").gpuModel(model).addGpus(PciSlot.UNKNOWN).build();
    return NodeTemplate.builder()
        .machine(machine)
        .partitioning(Partitioning.EVERY_PLACEMENT)
        .build()
        .publish("n1");
  }

  private static CounterSet counterSet(PublishedNode node) {
    return node.slices().get(0).sharedCounters().get(0);
  }

  private static Set<String> names(MigLayout layout) {
    Set<String> names = new HashSet<>();
    layout.instances().forEach(instance -> names.add(NvidiaDriver.migName(0, instance)));
    return names;
  }

  /** Every set of partitions whose consumption the counters allow. */
  private static Set<Set<String>> setsThatFit(PublishedNode node) {
    List<Device> partitions =
        node.slices().get(1).devices().stream()
            .filter(device -> device.name().contains("-mig-"))
            .toList();
    Set<Set<String>> sets = new HashSet<>();
    extend(partitions, 0, new ArrayList<>(), counterSet(node).counters(), sets);
    return sets;
  }

  private static void extend(
      List<Device> partitions,
      int from,
      List<String> chosen,
      Map<String, Quantity> left,
      Set<Set<String>> sets) {
    sets.add(Set.copyOf(chosen));
    for (int at = from; at < partitions.size(); at++) {
      Device device = partitions.get(at);
      Map<String, Quantity> rest = new HashMap<>(left);
      device
          .consumesCounters()
          .get(0)
          .counters()
          .forEach((counter, amount) -> rest.merge(counter, amount, Quantity::minus));
      if (rest.values().stream().allMatch(amount -> amount.signum() >= 0)) {
        chosen.add(device.name());
        extend(partitions, at + 1, chosen, rest, sets);
        chosen.remove(chosen.size() - 1);
      }
    }
  }

  /** Every set of instances that don't overlap, engines and greatest numbers apart. */
  private static Stream<List<MigInstance>> byPlacement(List<MigProfile> profiles) {
    return byPlacement(profiles, List.of());
  }

  private static Stream<List<MigInstance>> byPlacement(
      List<MigProfile> profiles, List<MigInstance> chosen) {
    int free = chosen.isEmpty() ? 0 : chosen.get(chosen.size() - 1).placement().end();
    Stream<List<MigInstance>> extended =
        profiles.stream()
            .flatMap(
                profile ->
                    profile.placements().stream().map(each -> new MigInstance(profile, each)))
            .filter(instance -> instance.placement().start() >= free)
            .flatMap(
                instance ->
                    byPlacement(
                        profiles,
                        ImmutableList.<MigInstance>builder().addAll(chosen).add(instance).build()));
    return Stream.concat(Stream.of(chosen), extended);
  }

  @Test
  void aWholeGpuExcludesEveryPartition() {
    PublishedNode node = publish(HardwareCatalog.standard().model("H100-80GB"));
    Device whole = node.slices().get(1).devices().get(0);

    assertThat(whole.name()).isEqualTo("gpu-0");
    assertThat(whole.consumesCounters().get(0).counters()).isEqualTo(counterSet(node).counters());
  }
}
