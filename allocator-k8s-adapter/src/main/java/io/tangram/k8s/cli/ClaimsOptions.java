package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableMultiset;
import com.google.common.primitives.Doubles;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MigProfile;
import io.tangram.k8s.generate.ClaimShape;
import io.tangram.k8s.generate.NodeGroup;
import io.tangram.k8s.generate.SampleClusters;
import io.tangram.k8s.generate.WorkloadMix;
import io.tangram.k8s.read.NameSyntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code tangram generate} that describe pending claims. */
final class ClaimsOptions {

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
  private static final Pairs NAMESPACE = new Pairs("--namespace", "a name");

  @Option(
      names = "--claims",
      paramLabel = "WHAT=COUNT",
      description = {
        "So many pending claims. Repeatable. WHAT is one of",
        "uniform, small, big, ends, served: a MIG partition, profiles drawn from this mix;",
        "a profile, such as 3g.40gb: a partition of it;",
        "capability: a partition with so much memory and so many multiprocessors, whatever its"
            + " profile;",
        "list: two partitions of 3g, else one of 7g, else one of 1g (firstAvailable);",
        "gpu, 2gpus, 8gpus: whole GPUs; 2gpus-on-root: behind one PCIe root;",
        "pair: a GPU and a NIC behind one PCIe root."
      })
  private List<String> claims = new ArrayList<>();

  @Option(
      names = "--fill",
      paramLabel = "MIX=LOAD",
      description =
          "Pending claims drawn from a mix until they want this part of the nodes' memory slices:"
              + " 1 fills them if every slice could be used.")
  private @Nullable String fill;

  @Option(
      names = "--gpu-model",
      paramLabel = "MODEL",
      completionCandidates = GenerateWords.Models.class,
      description = "Whose profiles mixes are of (default: that of the first nodes).")
  private @Nullable String gpuModel;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "ml",
      description = "The namespace of claims and pods (default: ${DEFAULT-VALUE}).")
  private String namespace = "";

  /** Returns whether any are asked for. */
  boolean isEmpty() {
    return claims.isEmpty() && fill == null;
  }

  /**
   * Returns the namespace.
   *
   * @throws UsageException unless it can be one
   */
  String namespace() {
    return NAMESPACE.name(namespace, NameSyntax.LABEL);
  }

  /**
   * Returns how many claims of each shape are wanted.
   *
   * @throws UsageException if an option says what can't be
   */
  ImmutableMultiset<ClaimShape> shapes(HardwareCatalog catalog, List<NodeGroup> groups, long seed) {
    Random random = new Random(seed);
    ImmutableMultiset.Builder<ClaimShape> shapes = ImmutableMultiset.builder();
    for (String word : claims) {
      Pairs.Halves halves = CLAIMS.split(word);
      int count = CLAIMS.count(halves.right(), MOST_CLAIMS);
      add(halves.left(), count, catalog, groups, random, shapes);
    }
    if (fill != null) {
      addUntilFull(fill, catalog, groups, random, shapes);
    }
    return shapes.build();
  }

  private void add(
      String what,
      int count,
      HardwareCatalog catalog,
      List<NodeGroup> groups,
      Random random,
      ImmutableMultiset.Builder<ClaimShape> shapes) {
    Optional<WorkloadMix> mix = mix(what);
    Matcher gpus = GPUS.matcher(what);
    if (mix.isPresent()) {
      List<MigProfile> profiles = profiles(CLAIMS, catalog, groups);
      for (int i = 0; i < count; i++) {
        shapes.add(ClaimShape.profile(mix.get().draw(profiles, random).name()));
      }
    } else if (what.equals(BY_CAPABILITY)) {
      shapes.addAll(SampleClusters.byCapability(count));
    } else if (what.equals(LIST)) {
      shapes.addCopies(ClaimShape.twoThirdsElseSevenElseOne(), count);
    } else if (what.equals(PAIR)) {
      requireNics(groups);
      shapes.addCopies(ClaimShape.gpuAndNicOnOneRoot(), count);
    } else if (gpus.matches()) {
      shapes.addCopies(gpus(what, gpus), count);
    } else if (profileNames(catalog, groups).contains(what)) {
      shapes.addCopies(ClaimShape.profile(what), count);
    } else {
      throw CLAIMS.bad(
          "'"
              + what
              + "' is no kind of claim; "
              + NearNames.question(
                  what, kinds(catalog, groups), "tangram generate --help lists them"));
    }
  }

  private static ClaimShape gpus(String what, Matcher parts) {
    int gpus = parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
    if (gpus > MOST_GPUS) {
      throw CLAIMS.bad("'" + what + "' is more than a claim can have, " + MOST_GPUS + " devices");
    }
    return parts.group(2) == null ? ClaimShape.gpus(gpus) : ClaimShape.gpusOnOneRoot(gpus);
  }

  private static void requireNics(List<NodeGroup> groups) {
    if (!groups.isEmpty() && groups.stream().noneMatch(group -> group.template().withNics())) {
      throw CLAIMS.bad("pairs want NICs, and no nodes have any; add --nics behind --nodes");
    }
  }

  private void addUntilFull(
      String word,
      HardwareCatalog catalog,
      List<NodeGroup> groups,
      Random random,
      ImmutableMultiset.Builder<ClaimShape> shapes) {
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
    double wanted = load == null ? Double.NaN : load * slices(groups);
    if (!(wanted >= 0 && wanted <= MOST_CLAIMS)) {
      throw FILL.bad(
          "'"
              + halves.right()
              + "' is not a load; 1 fills the nodes, and claims are "
              + MOST_CLAIMS
              + " at most");
    }
    List<MigProfile> profiles = profiles(FILL, catalog, groups);
    for (long drawn = 0; drawn < wanted; ) {
      MigProfile profile = mix.draw(profiles, random);
      shapes.add(ClaimShape.profile(profile.name()));
      drawn += profile.memorySlices().orElseThrow();
    }
  }

  private static long slices(List<NodeGroup> groups) {
    if (groups.isEmpty()) {
      throw FILL.bad("there are no nodes to fill; add --nodes");
    }
    return groups.stream()
        .mapToLong(
            group ->
                (long) group.count()
                    * group.template().machine().gpus().size()
                    * group.template().machine().gpuModel().memorySlices().orElse(0))
        .sum();
  }

  private List<MigProfile> profiles(Pairs option, HardwareCatalog catalog, List<NodeGroup> groups) {
    try {
      return WorkloadMix.profiles(model(option, catalog, groups));
    } catch (IllegalArgumentException e) {
      throw new UsageException(option.option() + ": " + e.getMessage());
    }
  }

  private GpuModel model(Pairs option, HardwareCatalog catalog, List<NodeGroup> groups) {
    if (gpuModel != null) {
      return catalog.models().stream()
          .filter(model -> model.key().equalsIgnoreCase(gpuModel))
          .findFirst()
          .orElseThrow(
              () ->
                  MODEL.bad(
                      "'"
                          + gpuModel
                          + "' is no GPU model; "
                          + NearNames.question(
                              gpuModel,
                              catalog.models().stream().map(GpuModel::key).toList(),
                              "tangram catalog lists what there is")));
    }
    return groups.stream()
        .map(group -> group.template().machine().gpuModel())
        .findFirst()
        .orElseThrow(
            () -> option.bad("a mix is of a GPU model's profiles; name one with --gpu-model"));
  }

  /** Profiles of the nodes' GPUs, or without nodes of any. */
  private static List<String> profileNames(HardwareCatalog catalog, List<NodeGroup> groups) {
    Stream<GpuModel> models =
        groups.isEmpty()
            ? catalog.models().stream()
            : groups.stream().map(group -> group.template().machine().gpuModel());
    return models
        .flatMap(model -> model.profiles().stream())
        .map(MigProfile::name)
        .distinct()
        .toList();
  }

  private static List<String> kinds(HardwareCatalog catalog, List<NodeGroup> groups) {
    return Stream.of(
            mixes().stream(),
            Stream.of(BY_CAPABILITY, LIST, PAIR, "gpu", "2gpus", "2gpus-on-root"),
            profileNames(catalog, groups).stream())
        .flatMap(each -> each)
        .toList();
  }

  private static List<String> mixes() {
    return Arrays.stream(WorkloadMix.values()).map(WorkloadMix::label).toList();
  }

  private static Optional<WorkloadMix> mix(String word) {
    return Arrays.stream(WorkloadMix.values()).filter(mix -> mix.label().equals(word)).findFirst();
  }
}
