package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.solver.Fleet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpectedLeafTest {

  @Test
  void leavesOutRequestsWhoseClassIsMissing() {
    ExpectedDemand demand =
        new ExpectedDemand(
            ImmutableMap.of(leaf("big", 1), 3, leaf("tpu", 1), 5, leaf("small", 1), 7));

    ImmutableList<ExpectedLeaf> expected =
        ExpectedLeaf.of(
            demand,
            Set.of("big", "small"),
            new Matching(Map.of("big", Fleet.model("big"), "small", Fleet.model("small"))));

    assertThat(expected)
        .extracting(
            each ->
                each.leaf().index()
                    + " "
                    + each.leaf().request().deviceClass()
                    + " "
                    + each.weight())
        .containsExactly("0 big 3", "1 small 7");
    assertThat(expected).extracting(each -> each.leaf().filter()).doesNotHaveDuplicates();
  }
}
