package io.tangram.solver.nodesearch;

import static io.tangram.solver.Fleet.any;
import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.device;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static io.tangram.solver.nodesearch.OneNode.ROOT;
import static io.tangram.solver.nodesearch.OneNode.found;
import static io.tangram.solver.nodesearch.OneNode.onRoot;
import static io.tangram.solver.nodesearch.OneNode.picks;
import static io.tangram.solver.nodesearch.OneNode.problem;
import static io.tangram.solver.nodesearch.OneNode.workload;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceConstraint.DistinctAttribute;
import io.tangram.api.claim.DeviceConstraint.MatchAttribute;
import io.tangram.api.claim.Request;
import io.tangram.api.device.AttributeValue.UnreadList;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstraintStateTest {

  private static final DeviceConstraint MATCH = new MatchAttribute(ImmutableList.of(), ROOT);
  private static final DeviceConstraint DISTINCT = new DistinctAttribute(ImmutableList.of(), ROOT);

  /** What a request for so many devices gets under a constraint. */
  private static List<String> given(int count, DeviceConstraint constraint, Device... devices) {
    return found(
        problem(slice("n", devices))
            .addClaims(claim("c", some("gpu", count)).withConstraints(constraint)));
  }

  @Test
  void matchesOnAValueCommonToAllAndNotToPairsOnly() {
    assertThat(given(3, MATCH, onRoot("a", 1, 2), onRoot("b", 2, 3), onRoot("c", 3, 1))).isEmpty();
    assertThat(given(3, MATCH, onRoot("a", 1, 2), onRoot("b", 2, 3), onRoot("c", 2)))
        .containsExactly("a", "b", "c");
  }

  @Test
  void widensWhatIsCommonAgainOnTheWayBack() {
    assertThat(
            given(3, MATCH, onRoot("a", 1, 2), onRoot("b", 2, 3), onRoot("c", 1), onRoot("d", 1)))
        .containsExactly("a", "c", "d");
  }

  @Test
  void takesTheFirstDeviceWhateverItsValue() {
    assertThat(given(1, MATCH, onRoot("a", 1, 2))).containsExactly("a");
  }

  @Test
  void takesADeviceWithAListOnlyFirstWhereListsAreOff() {
    Device list = onRoot("a", 0).withAttributes(ImmutableMap.of(ROOT, new UnreadList("a")));

    assertThat(given(1, MATCH, list)).containsExactly("a");
    assertThat(given(2, MATCH, list, onRoot("b", 0))).isEmpty();
    assertThat(given(2, DISTINCT, list, onRoot("b", 0))).containsExactly("a", "b");
    assertThat(given(2, DISTINCT, onRoot("b", 0), list)).isEmpty();
  }

  @Test
  void tellsEachDeviceApartFromEveryOther() {
    assertThat(given(3, DISTINCT, onRoot("a", 0), onRoot("b", 1), onRoot("c", 0), onRoot("d", 2)))
        .containsExactly("a", "b", "d");
  }

  @Test
  void forgetsTheValuesOfDevicesThatAreTakenBack() {
    assertThat(given(2, DISTINCT, onRoot("a", 0, 1), onRoot("b", 1), onRoot("c", 2, 0)))
        .containsExactly("b", "c");
  }

  @Test
  void takesListsForDistinctThatHaveNothingInCommon() {
    assertThat(given(2, DISTINCT, onRoot("a", 1, 2), onRoot("b", 2, 3), onRoot("c", 3, 4)))
        .containsExactly("a", "c");
  }

  @Test
  void takesNoDeviceWithoutTheAttributeNotEvenAlone() {
    assertThat(given(1, MATCH, device("a", "big"), onRoot("b", 0))).containsExactly("b");
    assertThat(given(1, DISTINCT, device("a", "big"), onRoot("b", 0))).containsExactly("b");
  }

  @Test
  void takesValuesOfDifferentTypesForDifferent() {
    Device text = device("b", ImmutableMap.of("root", "0"));

    assertThat(given(2, MATCH, onRoot("a", 0), text)).isEmpty();
    assertThat(given(2, DISTINCT, onRoot("a", 0), text)).containsExactly("a", "b");
  }

  @Test
  void findsTheAttributeUnderItsBareName() {
    Device bare = device("a", ImmutableMap.of("root", "0"));
    DeviceConstraint foreign =
        new MatchAttribute(ImmutableList.of(), QualifiedName.of("other.example.com", "root"));

    assertThat(given(1, MATCH, bare)).containsExactly("a");
    assertThat(given(1, foreign, bare)).isEmpty();
  }

  @Test
  void comparesTheRequestsThatItNames() {
    DeviceConstraint ofTwo = new MatchAttribute(ImmutableList.of("gpu", "any"), ROOT);
    var problem =
        problem(slice("n", onRoot("a", 0), onRoot("b", 1), onRoot("c", 0)))
            .addClaims(
                claim(
                        "c",
                        one("gpu"),
                        named("free"),
                        any(leaf("gpu", 1).withName("x"), leaf("gpu", 1).withName("y")))
                    .withConstraints(ofTwo));

    assertThat(found(problem)).containsExactly("a", "b", "c");
  }

  @Test
  void comparesTheAlternativeThatItNames() {
    DeviceConstraint ofFirst = new MatchAttribute(ImmutableList.of("any/first"), ROOT);
    var problem =
        problem(slice("n", onRoot("a", 0), onRoot("b", 1)))
            .addClaims(
                claim("c", any(leaf("gpu", 2).withName("first"), leaf("gpu", 2).withName("next")))
                    .withConstraints(ofFirst));

    assertThat(picks(problem)).hasSize(1);
    assertThat(picks(problem).get(0).alternative()).isEqualTo(1);
  }

  @Test
  void comparesTheDevicesOfOneClaimOnly() {
    var problem =
        problem(slice("n", onRoot("a", 0), onRoot("b", 1)))
            .addClaims(
                claim("c0", one("gpu")).withConstraints(MATCH),
                claim("c1", one("gpu")).withConstraints(MATCH))
            .addWorkloads(workload("c0", "c1"));

    assertThat(found(problem)).containsExactly("a", "b");
  }

  private static Request named(String name) {
    return new Request.Exactly(leaf("gpu", 1).withName(name));
  }
}
