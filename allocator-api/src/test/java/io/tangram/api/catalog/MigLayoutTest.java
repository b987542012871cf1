package io.tangram.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multisets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigLayoutTest {

  @ParameterizedTest
  @ValueSource(strings = {"A100-40GB", "A100-80GB", "H100-80GB", "H100-94GB", "H200-141GB"})
  void sevenSliceBoardsHave723LayoutsOfPlainProfiles(String key) {
    GpuModel model = HardwareCatalog.standard().model(key);
    ImmutableList<MigProfile> plain =
        model.profiles().stream()
            .filter(MigProfile::isPlain)
            .collect(ImmutableList.toImmutableList());

    ImmutableList<MigLayout> layouts = model.layouts(plain);

    assertThat(plain).hasSize(6);
    assertThat(layouts).hasSize(723).doesNotHaveDuplicates();
    assertThat(model.maximalLayouts(plain))
        .hasSize(78)
        .containsExactlyElementsOf(
            layouts.stream().filter(layout -> isMaximal(layout, plain)).toList());
    ImmutableSet<ImmutableMultiset<String>> multisets =
        layouts.stream().map(MigLayout::profiles).collect(ImmutableSet.toImmutableSet());
    assertThat(multisets).hasSize(78);
    assertThat(multisets)
        .filteredOn(
            each ->
                multisets.stream()
                    .noneMatch(
                        other -> !other.equals(each) && Multisets.containsOccurrences(other, each)))
        .hasSize(28);
  }

  @Test
  void allowsItsLayoutsInAnyOrderAndNoOthers() {
    GpuModel model = HardwareCatalog.standard().model("H100-80GB");
    MigInstance mediaAt0 = new MigInstance(model.profile("1g.10gb+me"), new Placement(0, 1));
    MigInstance mediaAt1 = new MigInstance(model.profile("1g.10gb+me"), new Placement(1, 1));
    MigInstance strayed = new MigInstance(model.profile("2g.20gb"), new Placement(1, 2));
    MigProfile foreign = HardwareCatalog.standard().model("A100-80GB").profile("1g.10gb");

    assertThat(model.layouts(model.profiles()))
        .allSatisfy(
            layout ->
                assertThat(model.allows(new MigLayout(layout.instances().reverse()))).isTrue());
    assertThat(model.allows(new MigLayout(ImmutableList.of(mediaAt0, mediaAt1)))).isFalse();
    assertThat(model.allows(new MigLayout(ImmutableList.of(mediaAt0, mediaAt0)))).isFalse();
    assertThat(model.allows(new MigLayout(ImmutableList.of(strayed)))).isFalse();
    assertThat(
            model.allows(
                new MigLayout(ImmutableList.of(new MigInstance(foreign, new Placement(0, 1))))))
        .isFalse();
  }

  @Test
  void noProfileExceedsItsGreatestNumber() {
    for (GpuModel model : HardwareCatalog.standard().models()) {
      for (MigProfile profile : model.profiles()) {
        int most =
            model.layouts(ImmutableList.of(profile)).stream()
                .mapToInt(layout -> layout.instances().size())
                .max()
                .orElse(0);

        assertThat(most)
            .as("%s %s", model.key(), profile.name())
            .isEqualTo(profile.placements().isEmpty() ? 0 : profile.maxInstances());
      }
    }
  }

  @Test
  void mediaEnginesBindBeyondTheSlices() {
    GpuModel model = HardwareCatalog.standard().model("RTX-PRO-6000-96GB");

    ImmutableList<MigLayout> layouts =
        model.layouts(ImmutableList.of(model.profile("1g.24gb"), model.profile("1g.24gb+me.all")));

    assertThat(layouts)
        .filteredOn(layout -> layout.profiles().contains("1g.24gb+me.all"))
        .isNotEmpty()
        .allSatisfy(layout -> assertThat(layout.instances()).hasSize(1))
        .isSubsetOf(
            model.maximalLayouts(
                ImmutableList.of(model.profile("1g.24gb"), model.profile("1g.24gb+me.all"))));
  }

  private static boolean isMaximal(MigLayout layout, ImmutableList<MigProfile> profiles) {
    return profiles.stream()
        .flatMap(profile -> profile.placements().stream())
        .noneMatch(layout::leavesRoomFor);
  }
}
