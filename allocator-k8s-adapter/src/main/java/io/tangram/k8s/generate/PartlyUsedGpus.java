package io.tangram.k8s.generate;

import com.google.common.collect.ImmutableList;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.MigInstance;
import io.tangram.api.catalog.MigLayout;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.Partitioning;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Holds each partition, or each whole GPU, with the same probability. */
final class PartlyUsedGpus implements HeldDevices {

  /** Tells what is drawn here from what else is drawn for a node. */
  private static final int DRAWS = 1;

  private final int gpus;
  private final double part;
  private final long seed;

  /** What a GPU may be parted into, by its number. */
  private final ImmutableList<ImmutableList<MigLayout>> layouts;

  PartlyUsedGpus(NodeTemplate template, double part, long seed) {
    this.gpus = template.machine().gpus().size();
    this.part = part;
    this.seed = seed;
    this.layouts = layouts(template);
  }

  private static ImmutableList<ImmutableList<MigLayout>> layouts(NodeTemplate template) {
    int gpus = template.machine().gpus().size();
    if (template.partitioning() instanceof Partitioning.Fixed fixed) {
      return IntStream.range(0, gpus)
          .mapToObj(
              gpu -> ImmutableList.of(fixed.layouts().get(fixed.layouts().size() == 1 ? 0 : gpu)))
          .collect(ImmutableList.toImmutableList());
    }
    ImmutableList<MigLayout> any =
        template.partitioning() instanceof Partitioning.EveryPlacement
            ? maximal(template.machine().gpuModel())
            : ImmutableList.of(new MigLayout(ImmutableList.of()));
    return IntStream.range(0, gpus).mapToObj(gpu -> any).collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<MigLayout> maximal(GpuModel model) {
    List<MigProfile> plain = model.profiles().stream().filter(MigProfile::isPlain).toList();
    return model.maximalLayouts(plain);
  }

  @Override
  public Stream<HeldDevice> of(String node, IntPredicate usable) {
    Random random = SeededRandom.of(seed, DRAWS, node);
    return IntStream.range(0, gpus)
        .boxed()
        .flatMap(gpu -> held(gpu, random).filter(device -> usable.test(gpu)));
  }

  /** Draws for every GPU alike, so that others stay as they are if one may not be held. */
  private Stream<HeldDevice> held(int gpu, Random random) {
    ImmutableList<MigLayout> choices = layouts.get(gpu);
    MigLayout layout = choices.get(random.nextInt(choices.size()));
    if (layout.instances().isEmpty()) {
      return random.nextDouble() < part
          ? Stream.of(new HeldDevice(ClaimShape.gpus(1), NvidiaDriver.gpuName(gpu)))
          : Stream.empty();
    }
    return layout.instances().stream()
        .filter(instance -> random.nextDouble() < part)
        .map(instance -> heldPartition(gpu, instance));
  }

  private static HeldDevice heldPartition(int gpu, MigInstance instance) {
    return new HeldDevice(
        ClaimShape.profile(instance.profile().name()), NvidiaDriver.migName(gpu, instance));
  }
}
