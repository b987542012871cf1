package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.all;
import static io.tangram.solver.Fleet.any;
import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.some;
import static io.tangram.solver.compile.Given.workload;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.OffFeature;
import io.tangram.api.plan.Reason;
import io.tangram.api.testing.TestSelector;
import io.tangram.solver.Fleet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScreeningTest {

  private static final Claim SOUND = claim("sound", one("gpu"));

  private final ImmutableAllocationProblem.Builder problem = Fleet.of("a");

  @Test
  void nothingSpeaksAgainstAClaimThatMayFit() {
    assertThat(reasons(SOUND, claim("most", some("gpu", Claim.MAX_DEVICES)))).isEmpty();
  }

  @Test
  void aFeatureThatIsOffIsToldFirst() {
    OffFeature off = new OffFeature("lists", FeatureGate.PRIORITIZED_LIST, "R78");
    OffFeature other = new OffFeature("others", FeatureGate.ADMIN_ACCESS, "R88");
    Claim claim = claim("c", one("tpu")).withOffFeatures(off, other);

    assertThat(reasons(claim)).containsValue(new Reason.FeatureOff(off));
  }

  @Test
  void aMissingClassIsToldWhicheverAlternativeNamesIt() { // R39
    Claim claim = claim("c", any(leaf("gpu", 1), leaf("tpu", 1)));

    assertThat(reasons(claim)).containsValue(new Reason.ClassMissing("any/tpu", "tpu"));
  }

  @Test
  void aSelectorThatDoesNotCompileIsToldOfTheRequest() { // R54
    Claim claim = claim("c", one("gpu"), exactly(leaf("big", 1).withSelectors(broken())));

    assertThat(reasons(claim))
        .containsValue(new Reason.SelectorFailed("big", "broken(", "does not compile"));
  }

  @Test
  void aSelectorThatDoesNotCompileIsToldOfTheClass() { // R54
    problem.addDeviceClasses(DeviceClass.builder().name("odd").addSelectors(broken()).build());

    assertThat(reasons(claim("c", one("odd"))))
        .containsValue(new Reason.SelectorFailed("odd", "broken(", "does not compile"));
  }

  @Test
  void aConstraintOfUnknownKindIsNotIgnored() { // R95
    Claim claim =
        claim("c", one("gpu"))
            .withConstraints(new DeviceConstraint.Unknown(ImmutableList.of("gpu")));

    assertThat(reasons(claim))
        .containsValue(new Reason.UnsupportedConstraint("a constraint of unknown kind (R95)"));
  }

  @Test
  void administrativeAccessNeedsItsNamespaceToAllowIt() { // R81
    Claim claim = claim("c", exactly(leaf("gpu", 1).withAdminAccess(true)));

    assertThat(reasons(claim)).containsValue(new Reason.AdminAccessDenied("ns"));

    problem.addAdminNamespaces("ns");
    assertThat(reasons(claim)).isEmpty();
  }

  @Test
  void aNamespaceThatAllowsNoAdministrationAllowsTheRest() { // R81
    problem.addAdminNamespaces("other");

    assertThat(reasons(SOUND)).isEmpty();
  }

  @Test
  void aClaimTakesAtLeastTheCheapestAlternativeOfEachRequest() { // R203
    Request cheap = any(leaf("big", 30), leaf("small", 2), leaf("gpu", 9));

    assertThat(reasons(claim("c", cheap, some("gpu", 29), all("small")))).isEmpty();
    assertThat(reasons(claim("c", cheap, some("gpu", 30), all("small"))))
        .containsValue(new Reason.LimitExceeded(33, 32));
  }

  @Test
  void moreDevicesThanANumberHoldsAreTooMany() { // R64, R203
    ImmutableDeviceRequest huge = leaf("gpu", 1).withMode(AllocationMode.exactly(Long.MAX_VALUE));

    assertThat(reasons(claim("c", exactly(huge), exactly(huge.withName("other")))))
        .containsValue(new Reason.LimitExceeded(Long.MAX_VALUE, 32));
  }

  @Test
  void whatStandsForTooMuchOfAResourceIsToldByIt() { // R222
    Claim claim =
        claim("c", some("gpu", 30), some("big", 3), one("small"))
            .withExtendedResources(ImmutableMap.of("gpu", "one", "big", "one", "small", "other"));

    assertThat(reasons(claim))
        .containsValue(new Reason.ExtendedLimitExceeded(ImmutableList.of("one", "other"), 34, 32));
  }

  @Test
  void aClaimThatANodeServesItselfMayFitWhateverDevicesThereAre() { // R216
    problem.addNodes(
        Node.builder().name("b").available(ImmutableMap.of("one", Quantity.of(99))).build());
    Claim served = claim("c", some("gpu", 99)).withExtendedResources(ImmutableMap.of("gpu", "one"));
    Claim halfServed =
        claim("d", some("gpu", 99), some("big", 33))
            .withExtendedResources(ImmutableMap.of("gpu", "one", "big", "other"));

    assertThat(reasons(served)).isEmpty();
    assertThat(reasons(halfServed))
        .containsValue(new Reason.ExtendedLimitExceeded(ImmutableList.of("one", "other"), 132, 32));
  }

  @Test
  void theFirstReasonIsToldWhereThereAreSeveral() {
    Claim claim =
        claim("c", some("tpu", 99))
            .withConstraints(new DeviceConstraint.Unknown(ImmutableList.of()));

    assertThat(reasons(claim)).containsValue(new Reason.ClassMissing("tpu", "tpu"));
  }

  @Test
  void partnersOfAClaimThatStaysOutStayOutForItsSake() { // R194
    Claim first = claim("first", one("tpu"));
    Claim second = claim("second", some("gpu", 40));
    Reason missing = new Reason.ClassMissing("tpu", "tpu");

    assertThat(reasons(SOUND, first, second))
        .containsExactly(
            entry(SOUND.id(), new Reason.PartnerUnallocated(first.id(), missing)),
            entry(first.id(), missing),
            entry(second.id(), new Reason.LimitExceeded(40, 32)));
  }

  @Test
  void theReasonOfAWorkloadIsThatOfAllItsClaims() {
    Reason reason = new Reason.UnsupportedConstraint("spreading");

    ImmutableMap<ClaimId, Reason> reasons =
        screening().reasons(ImmutableList.of(SOUND, claim("c", one("tpu"))), Optional.of(reason));

    assertThat(reasons).containsExactly(entry(SOUND.id(), reason), entry(id("c"), reason));
  }

  @Test
  void aWorkloadWithUnsupportedTermsStaysOut() {
    Workload workload = workload("w").withUnsupported("spreading", "affinity");

    assertThat(screening().reason(workload))
        .hasValue(new Reason.UnsupportedConstraint("spreading, affinity"));
    assertThat(screening().reason(workload("w"))).isEmpty();
  }

  private ImmutableMap<ClaimId, Reason> reasons(Claim... claims) {
    return screening().reasons(ImmutableList.copyOf(claims), Optional.empty());
  }

  private Screening screening() {
    AllocationProblem built = problem.build();
    return new Screening(built);
  }

  private static TestSelector broken() {
    return new TestSelector.Broken();
  }

  private static Request exactly(DeviceRequest leaf) {
    return new Request.Exactly(leaf);
  }
}
