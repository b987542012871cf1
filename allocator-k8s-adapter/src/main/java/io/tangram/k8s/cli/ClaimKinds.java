package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Multiset;
import com.google.common.primitives.Doubles;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.MigProfile;
import io.tangram.k8s.generate.ClaimShape;
import io.tangram.k8s.generate.NodeGroup;
import io.tangram.k8s.generate.SampleClusters;
import io.tangram.k8s.generate.WorkloadMix;
import io.tangram.k8s.read.NearNames;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The claims that words of {@code tangram generate} mean for these nodes. */
final class ClaimKinds {

  private static final int MOST_CLAIMS = 10_000_000;

  /** A claim can't have more devices (section 12.2 of the rules). */
  private static final int MOST_GPUS = 32;

  private static final String BY_CAPABILITY = "capability";
  private static final String LIST = "list";
  private static final String PAIR = "pair";
  private static final Pattern GPUS = Pattern.compile("([1-9][0-9]?)?gpus?(-on-root)?");

  private static final Pairs CLAIMS = new Pairs("--claims", "WHAT=COUNT, such as served=100");
  private static final Pairs FILL = new Pairs("--fill", "MIX=LOAD, such as served=0.95");
  private static final Pairs MODEL = new Pairs("--gpu-model", "a GPU model");

  private final HardwareCatalog catalog;
  private final List<NodeGroup> nodes;
  private final Optional<String> modelName;
  private final Random random;

  /**
   * Prepares for some nodes.
   *
   * @param modelName the GPU model whose profiles mixes are of; otherwise that of the first nodes
   * @param seed what is drawn from mixes
   */
  ClaimKinds(
      HardwareCatalog catalog, List<NodeGroup> nodes, Optional<String> modelName, long seed) {
    this.catalog = catalog;
    this.nodes = nodes;
    this.modelName = modelName;
    this.random = new Random(seed);
  }

  /**
   * Returns the claims of a word {@code WHAT=COUNT}.
   *
   * @throws UsageException if it means none
   */
  ImmutableMultiset<ClaimShape> counted(String word) {
    Pairs.Halves halves = CLAIMS.split(word);
    int count = CLAIMS.count(halves.right(), MOST_CLAIMS);
    String what = halves.left();
    Optional<WorkloadMix> mix = mix(what);
    if (mix.isPresent()) {
      List<MigProfile> profiles = profilesOfMixes(CLAIMS);
      Multiset<MigProfile> drawn = LinkedHashMultiset.create();
      while (drawn.size() < count) {
        drawn.add(mix.get().draw(profiles, random));
      }
      return shapes(drawn);
    }
    return what.equals(BY_CAPABILITY)
        ? SampleClusters.byCapability(count)
        : ImmutableMultiset.<ClaimShape>builder().addCopies(shape(what), count).build();
  }

  private ClaimShape shape(String what) {
    Matcher gpus = GPUS.matcher(what);
    if (gpus.matches()) {
      return gpus(what, gpus);
    }
    if (what.equals(LIST)) {
      return ClaimShape.twoThirdsElseSevenElseOne();
    }
    if (what.equals(PAIR)) {
      if (!nodes.isEmpty() && nodes.stream().noneMatch(group -> group.template().withNics())) {
        throw CLAIMS.bad("pairs want NICs, and no nodes have any; add --nics behind --nodes");
      }
      return ClaimShape.gpuAndNicOnOneRoot();
    }
    List<String> profiles = profileNames();
    if (!profiles.contains(what)) {
      List<String> kinds =
          Stream.of(
                  mixes(),
                  List.of(BY_CAPABILITY, LIST, PAIR, "gpu", "2gpus", "2gpus-on-root"),
                  profiles)
              .flatMap(List::stream)
              .toList();
      throw CLAIMS.bad(
          "'"
              + what
              + "' is no kind of claim; "
              + NearNames.question(what, kinds, "tangram generate --help lists them"));
    }
    return ClaimShape.profile(what);
  }

  private static ClaimShape gpus(String what, Matcher parts) {
    int gpus = parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
    if (gpus > MOST_GPUS) {
      throw CLAIMS.bad("'" + what + "' is more than a claim can have, " + MOST_GPUS + " devices");
    }
    return parts.group(2) == null ? ClaimShape.gpus(gpus) : ClaimShape.gpusOnOneRoot(gpus);
  }

  /**
   * Returns the claims of a word {@code MIX=LOAD}: drawn until they want that part of the memory
   * slices of all nodes.
   *
   * @throws UsageException if it means none
   */
  ImmutableMultiset<ClaimShape> filling(String word) {
    Pairs.Halves halves = FILL.split(word);
    WorkloadMix mix =
        mix(halves.left())
            .orElseThrow(
                () ->
                    FILL.bad(
                        "'"
                            + halves.left()
                            + "' is no mix; mixes are "
                            + String.join(", ", mixes())));
    Double load = Doubles.tryParse(halves.right());
    double wanted = load == null ? Double.NaN : load * memorySlices();
    if (!(wanted >= 0 && wanted <= MOST_CLAIMS)) {
      throw FILL.bad(
          "'"
              + halves.right()
              + "' is not a load; 1 fills the nodes, and claims are "
              + MOST_CLAIMS
              + " at most");
    }
    List<MigProfile> profiles = profilesOfMixes(FILL);
    Multiset<MigProfile> drawn = LinkedHashMultiset.create();
    for (long slices = 0; slices < wanted; ) {
      MigProfile profile = mix.draw(profiles, random);
      drawn.add(profile);
      slices += profile.memorySlices().orElseThrow();
    }
    return shapes(drawn);
  }

  private static ImmutableMultiset<ClaimShape> shapes(Multiset<MigProfile> profiles) {
    ImmutableMultiset.Builder<ClaimShape> shapes = ImmutableMultiset.builder();
    profiles.forEachEntry(
        (profile, count) -> shapes.addCopies(ClaimShape.profile(profile.name()), count));
    return shapes.build();
  }

  private long memorySlices() {
    if (nodes.isEmpty()) {
      throw FILL.bad("there are no nodes to fill; add --nodes");
    }
    return nodes.stream()
        .mapToLong(
            group -> {
              MachineModel machine = group.template().machine();
              return (long) group.count()
                  * machine.gpus().size()
                  * machine.gpuModel().memorySlices().orElse(0);
            })
        .sum();
  }

  private List<MigProfile> profilesOfMixes(Pairs option) {
    try {
      return WorkloadMix.profiles(
          modelName
              .map(this::model)
              .or(() -> modelsOfNodes().findFirst())
              .orElseThrow(
                  () ->
                      option.bad("a mix is of a GPU model's profiles; name one with --gpu-model")));
    } catch (IllegalArgumentException e) {
      throw new UsageException(option.option() + ": " + e.getMessage());
    }
  }

  private GpuModel model(String name) {
    return catalog.models().stream()
        .filter(model -> model.key().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                MODEL.bad(
                    "'"
                        + name
                        + "' is no GPU model; "
                        + NearNames.question(
                            name,
                            catalog.models().stream().map(GpuModel::key).toList(),
                            "tangram catalog lists what there is")));
  }

  private Stream<GpuModel> modelsOfNodes() {
    return nodes.stream().map(group -> group.template().machine().gpuModel());
  }

  /** Profiles of the nodes' GPUs, or without nodes of any. */
  private List<String> profileNames() {
    return (nodes.isEmpty() ? catalog.models().stream() : modelsOfNodes())
        .flatMap(model -> model.profiles().stream())
        .map(MigProfile::name)
        .distinct()
        .toList();
  }

  private static List<String> mixes() {
    return Arrays.stream(WorkloadMix.values()).map(WorkloadMix::label).toList();
  }

  private static Optional<WorkloadMix> mix(String word) {
    return Arrays.stream(WorkloadMix.values()).filter(mix -> mix.label().equals(word)).findFirst();
  }
}
