package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.MigInstance;
import io.tangram.api.catalog.MigLayout;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.NvidiaDriver;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Claims that hold half of the memory slices of every third GPU of a node. */
final class HalfUsedGpus {

  private static final int ONE_OF = 3;

  private final MachineModel machine;
  private final String namespace;
  private final Instant createdAt;
  private final long seed;
  private final List<MigLayout> halves;

  HalfUsedGpus(MachineModel machine, String namespace, Instant createdAt, long seed) {
    this.machine = machine;
    this.namespace = namespace;
    this.createdAt = createdAt;
    this.seed = seed;
    this.halves = halves(machine.gpuModel());
  }

  /** Returns the claims of a node; they depend on its name and the seed only. */
  Stream<ObjectNode> claims(String node) {
    Random random =
        new Random(Hashing.sipHash24(seed, 0).hashString(node, StandardCharsets.UTF_8).asLong());
    int first = random.nextInt(ONE_OF);
    return IntStream.range(0, machine.gpus().size())
        .filter(gpu -> gpu % ONE_OF == first)
        .boxed()
        .flatMap(
            gpu ->
                halves.get(random.nextInt(halves.size())).instances().stream()
                    .map(instance -> claim(instance, gpu, node)));
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

  private ObjectNode claim(MigInstance instance, int gpu, String node) {
    String device = NvidiaDriver.migName(gpu, instance);
    return ClaimShape.profile(instance.profile().name())
        .held(namespace, "held-" + node + "-" + device, createdAt, node, NvidiaDriver.NAME, device);
  }
}
