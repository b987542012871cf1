package io.tangram.k8s.generate;

import com.google.common.collect.ImmutableList;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.MigInstance;
import io.tangram.api.catalog.MigLayout;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.NvidiaDriver;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Holds half of the memory slices of every third GPU of a node. */
final class HalfUsedGpus implements HeldDevices {

  private static final int ONE_OF = 3;

  /** Tells what is drawn here from what else is drawn for a node. */
  private static final int DRAWS = 0;

  private final MachineModel machine;
  private final long seed;
  private final List<MigLayout> halves;

  HalfUsedGpus(MachineModel machine, long seed) {
    this.machine = machine;
    this.seed = seed;
    this.halves = halves(machine.gpuModel());
  }

  @Override
  public Stream<HeldDevice> of(String node, IntPredicate usable) {
    Random random = SeededRandom.of(seed, DRAWS, node);
    int first = random.nextInt(ONE_OF);
    return IntStream.range(0, machine.gpus().size())
        .filter(gpu -> gpu % ONE_OF == first)
        .boxed()
        .flatMap(
            gpu ->
                halves.get(random.nextInt(halves.size())).instances().stream()
                    .filter(instance -> usable.test(gpu))
                    .map(instance -> held(instance, gpu)));
  }

  private static HeldDevice held(MigInstance instance, int gpu) {
    return new HeldDevice(
        ClaimShape.profile(instance.profile().name()), NvidiaDriver.migName(gpu, instance));
  }

  /** The layouts of plain profiles that take half of the memory slices. */
  private static List<MigLayout> halves(GpuModel model) {
    List<MigProfile> plain = model.profiles().stream().filter(MigProfile::isPlain).toList();
    int half = model.memorySlices().orElseThrow() / 2;
    return model.layouts(plain).stream()
        .filter(
            layout ->
                layout.instances().stream().mapToInt(each -> each.placement().size()).sum() == half)
        .collect(ImmutableList.toImmutableList());
  }
}
