package io.tangram.k8s.generate;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.MigProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** How often claims ask for each of the six plain profiles of a board of seven compute slices. */
public enum WorkloadMix {
  /** All equally often. */
  UNIFORM(1, 1, 1, 1, 1, 1),
  /** Small ones above all. */
  SMALL(30, 25, 20, 10, 10, 5),
  /** Large ones above all. */
  BIG(5, 10, 10, 20, 25, 30),
  /** The smallest and the largest above all. */
  ENDS(30, 10, 10, 10, 10, 30),
  /** Small services with a few large ones. */
  SERVED(30, 20, 20, 15, 10, 5);

  private static final ImmutableList<Integer> COMPUTE_SLICES = ImmutableList.of(1, 1, 2, 3, 4, 7);

  private final ImmutableIntArray weights;

  WorkloadMix(int... weights) {
    this.weights = ImmutableIntArray.copyOf(weights);
  }

  /** Returns the name in small letters. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the profiles of a model that the mixes are of, from small to large.
   *
   * @throws IllegalArgumentException unless the model is a board of seven compute slices
   */
  public static ImmutableList<MigProfile> profiles(GpuModel model) {
    List<MigProfile> plain =
        model.profiles().stream()
            .filter(MigProfile::isPlain)
            .sorted(
                Comparator.comparingInt(MigProfile::computeSlices)
                    .thenComparingInt(profile -> profile.memorySlices().orElse(0)))
            .toList();
    if (!plain.stream().map(MigProfile::computeSlices).toList().equals(COMPUTE_SLICES)) {
      throw new IllegalArgumentException(
          "Mixes are of the six plain profiles of a board of seven compute slices; GPU model "
              + model.key()
              + " has "
              + plain.stream().map(MigProfile::name).toList()
              + ".");
    }
    return ImmutableList.copyOf(plain);
  }

  /** Returns one of these six profiles, each as often as the mix says. */
  public MigProfile draw(List<MigProfile> profiles, Random random) {
    int rest = random.nextInt(weights.stream().sum());
    int rank = 0;
    while (rest >= weights.get(rank)) {
      rest -= weights.get(rank);
      rank++;
    }
    return profiles.get(rank);
  }
}
