package io.tangram.k8s.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MigInstance;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.Placement;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceDrawingTest {

  private final GpuModel h100 = HardwareCatalog.standard().model("H100-80GB");

  @Test
  void givesEachSliceTheSameWidthAndLeavesFreeOnesEmpty() {
    SliceDrawing drawing = new SliceDrawing(8, 8);

    String line = drawing.layout(List.of(at("1g.10gb", 1, 1), at("1g.20gb", 4, 2)));

    assertThat(drawing.axis())
        .isEqualTo("0       1       2       3       4       5       6       7");
    assertThat(line + "<")
        .isEqualTo("        |1g.10gb|               |1g.20gb        |                <");
  }

  @Test
  void hasRoomForEveryName() {
    for (GpuModel model : HardwareCatalog.standard().models()) {
      for (MigProfile profile : model.profiles()) {
        int slices = model.memorySlices().orElse(1);
        SliceDrawing drawing = SliceDrawing.withNames(slices, model.profiles());

        assertThat(profile.placements())
            .allSatisfy(
                placement ->
                    assertThat(drawing.layout(List.of(new MigInstance(profile, placement))))
                        .contains("|" + profile.name())
                        .matches("[^|]*\\|[^|]*\\|[^|]*"));
      }
    }
  }

  @Test
  void putsPlacesThatOverlapOnLinesOfTheirOwn() {
    SliceDrawing drawing = new SliceDrawing(4, 3);

    assertThat(
            drawing.places(List.of(new Placement(0, 2), new Placement(1, 2), new Placement(2, 2))))
        .containsExactly("|=====|=====|", "   |=====|");
  }

  private MigInstance at(String profile, int start, int size) {
    return new MigInstance(h100.profile(profile), new Placement(start, size));
  }
}
