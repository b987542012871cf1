package io.tangram.api.check;

import static io.tangram.api.check.Given.DRIVER;
import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.exactly;
import static io.tangram.api.check.Given.firstAvailable;
import static io.tangram.api.check.Given.judge;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.name;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceConstraint.DistinctAttribute;
import io.tangram.api.claim.DeviceConstraint.MatchAttribute;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.BoolList;
import io.tangram.api.device.AttributeValue.BoolValue;
import io.tangram.api.device.AttributeValue.IntList;
import io.tangram.api.device.AttributeValue.IntValue;
import io.tangram.api.device.AttributeValue.StringList;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.AttributeValue.UnknownValue;
import io.tangram.api.device.AttributeValue.UnreadList;
import io.tangram.api.device.AttributeValue.VersionList;
import io.tangram.api.device.AttributeValue.VersionValue;
import io.tangram.api.device.DerivedAttributes;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 6 of the rules. */
class ConstraintCheckTest {

  private static final QualifiedName LINK = name(DRIVER + "/link");
  private static final DeviceConstraint MATCH = new MatchAttribute(ImmutableList.of(), LINK);
  private static final DeviceConstraint DISTINCT = new DistinctAttribute(ImmutableList.of(), LINK);

  private static AttributeValue ints(Long... values) {
    return new IntList(ImmutableList.copyOf(values));
  }

  private static AttributeValue strings(String... values) {
    return new StringList(ImmutableList.copyOf(values));
  }

  /** Judges one request for as many devices as there are values, null for no attribute. */
  private static ImmutableList<String> judgeValues(
      DeviceConstraint constraint, @Nullable AttributeValue... values) {
    List<Device> devices = new ArrayList<>();
    List<DeviceAllocation> results = new ArrayList<>();
    for (AttributeValue value : values) {
      String name = "d" + devices.size();
      devices.add(
          value == null
              ? device(name).build()
              : device(name).putAttributes(name("link"), value).build());
      results.add(result("r", "n1/" + name));
    }
    Claim claim =
        claim("c", exactly(leaf("r").mode(AllocationMode.exactly(values.length))))
            .withConstraints(constraint);

    return judge(
        problem(slice("n1", devices)).build(),
        claim,
        allocation(claim, "n1", results.toArray(new DeviceAllocation[0])));
  }

  /** The table of section 6 and more rows like it. */
  static Stream<Arguments> truthTable() {
    return Stream.of(
        Arguments.of(new IntValue(1), new IntValue(1), true, false),
        Arguments.of(new IntValue(1), new IntValue(2), false, true),
        Arguments.of(new IntValue(1), ints(1L, 2L), true, false),
        Arguments.of(ints(1L, 2L), ints(3L), false, true),
        Arguments.of(new IntValue(1), new StringValue("1"), false, true),
        Arguments.of(strings("a", "a"), new StringValue("a"), true, false),
        Arguments.of(new VersionValue("1.0.0"), new StringValue("1.0.0"), false, true),
        Arguments.of(new VersionValue("1.0.0+a"), new VersionValue("1.0.0+b"), false, true),
        Arguments.of(
            new VersionValue("1.0.0"),
            new VersionList(ImmutableList.of("2.0.0", "1.0.0")),
            true,
            false),
        Arguments.of(new BoolValue(true), new BoolList(ImmutableList.of(true)), true, false),
        Arguments.of(new BoolValue(true), new BoolValue(false), false, true),
        Arguments.of(new UnreadList("a"), new IntValue(1), false, true),
        Arguments.of(new UnreadList("a"), new UnreadList("b"), false, false));
  }

  @ParameterizedTest
  @MethodSource("truthTable")
  void judgesTwoDevicesAsTheTruthTableSays(
      AttributeValue one, AttributeValue other, boolean match, boolean distinct) {
    ImmutableList<String> matching = match ? ImmutableList.of() : ImmutableList.of("R101");
    ImmutableList<String> differing = distinct ? ImmutableList.of() : ImmutableList.of("R105");

    assertThat(judgeValues(MATCH, one, other)).isEqualTo(matching);
    assertThat(judgeValues(MATCH, other, one)).isEqualTo(matching);
    assertThat(judgeValues(DISTINCT, one, other)).isEqualTo(differing);
    assertThat(judgeValues(DISTINCT, other, one)).isEqualTo(differing);
  }

  /** R97: even if it is the only device. */
  @Test
  void refusesADeviceWithoutTheAttribute() {
    assertThat(judgeValues(MATCH, new IntValue(1), null)).containsExactly("R97");
    assertThat(judgeValues(DISTINCT, null, new IntValue(1))).containsExactly("R97");
    assertThat(judgeValues(MATCH, (AttributeValue) null)).containsExactly("R97");
    assertThat(judgeValues(MATCH, null, null)).containsExactly("R97", "R97");
    assertThat(judgeValues(DISTINCT, new UnknownValue())).containsExactly("R97");
    assertThat(judgeValues(MATCH, new IntValue(1))).isEmpty();
    assertThat(judgeValues(DISTINCT, new IntValue(1))).isEmpty();
  }

  /** R100: even an equal list is no match. */
  @Test
  void acceptsAListThatIsNotReadOnlyAlone() {
    assertThat(judgeValues(MATCH, new UnreadList("a"))).isEmpty();
    assertThat(judgeValues(DISTINCT, new UnreadList("a"))).isEmpty();
  }

  /** Pairwise overlap is not enough (R101). */
  @Test
  void demandsAValueCommonToAllDevices() {
    assertThat(judgeValues(MATCH, ints(1L, 2L), ints(2L, 3L), ints(3L, 1L)))
        .containsExactly("R101");
    assertThat(judgeValues(MATCH, ints(1L, 2L), ints(2L, 3L), ints(3L, 2L))).isEmpty();
  }

  /** R97, R234: what a request derives may be an empty list. */
  @Test
  void refusesAnEmptyList() {
    assertThat(judgeValues(MATCH, ints())).containsExactly("R97");
    assertThat(judgeValues(DISTINCT, ints(), new IntValue(1))).containsExactly("R97");
  }

  /** R234: only for the request that derives it. */
  @Test
  void takesWhatARequestDerivesBeforeWhatTheDevicePublishes() {
    QualifiedName alias = name(DRIVER + "/alias");
    Device one = device("1").putAttributes(LINK, new IntValue(1)).build();
    Device two =
        device("2")
            .putAttributes(LINK, new IntValue(2))
            .putAttributes(alias, new IntValue(1))
            .build();
    ImmutableDeviceRequest.Builder deriving =
        leaf("s").putDerivedAttributes(LINK, DerivedAttributes.copyOf(alias));
    Claim claim = claim("c", request("r"), exactly(deriving)).withConstraints(MATCH);

    assertThat(judgeOneAndOther(claim, one, two)).isEmpty();
    assertThat(judgePair(MATCH, one, two)).containsExactly("R101");
  }

  /** R234: as a selector that fails. */
  @Test
  void refusesADeviceOfWhichAnAttributeCannotBeDerived() {
    Device one = device("1").putAttributes(LINK, new IntValue(1)).build();
    Claim claim =
        claim(
            "c",
            exactly(
                leaf("r")
                    .putDerivedAttributes(
                        LINK, DerivedAttributes.copyOf(name(DRIVER + "/alias")))));

    assertThat(
            judge(
                problem(slice("n1", one)).build(),
                claim,
                allocation(claim, "n1", result("r", "n1/1"))))
        .containsExactly("R234");
  }

  /** R106: every pair counts, not only neighbours. */
  @Test
  void demandsDifferentValuesOfEveryPair() {
    assertThat(judgeValues(DISTINCT, new IntValue(1), new IntValue(2), new IntValue(1)))
        .containsExactly("R105");
    assertThat(judgeValues(DISTINCT, ints(1L, 2L), new IntValue(3), ints(4L, 2L)))
        .containsExactly("R105");
    assertThat(judgeValues(DISTINCT, ints(1L, 1L), new IntValue(3), ints(4L, 2L))).isEmpty();
  }

  @Test
  void refusesAConstraintOfAnUnknownKind() {
    DeviceConstraint unknown = new DeviceConstraint.Unknown(ImmutableList.of());

    assertThat(judgeValues(unknown, new IntValue(1))).containsExactly("R95");
  }

  /** R28: the qualified name wins. */
  @Test
  void looksForTheQualifiedNameFirst() {
    Device both =
        device("both")
            .putAttributes(name("link"), new IntValue(1))
            .putAttributes(LINK, new IntValue(2))
            .build();
    Device bare = device("bare").putAttributes(name("link"), new IntValue(2)).build();

    assertThat(judgePair(MATCH, both, bare)).isEmpty();
    assertThat(judgePair(DISTINCT, both, bare)).containsExactly("R105");
  }

  private static ImmutableList<String> judgePair(
      DeviceConstraint constraint, Device one, Device other) {
    return judgeOneAndOther(
        claim("c", request("r"), request("s")).withConstraints(constraint), one, other);
  }

  private static ImmutableList<String> judgeOneAndOther(Claim claim, Device one, Device other) {
    return judge(
        problem(slice("n1", one, other)).build(),
        claim,
        allocation(
            claim, "n1", result("r", "n1/" + one.name()), result("s", "n1/" + other.name())));
  }

  @Test
  void comparesWhatIsForAdministrationToo() {
    Device one = device("1").putAttributes(name("link"), new IntValue(1)).build();
    Device two = device("2").putAttributes(name("link"), new IntValue(2)).build();
    Claim claim =
        claim("c", request("r"), exactly(leaf("s").adminAccess(true))).withConstraints(MATCH);

    assertThat(
            judge(
                problem(slice("n1", one, two)).addAdminNamespaces("ns").build(),
                claim,
                allocation(
                    claim, "n1", result("r", "n1/1"), result("s", "n1/2").withAdminAccess(true))))
        .containsExactly("R101");
  }

  @Test
  void coversOnlyTheRequestsItNames() {
    Device one = device("1").putAttributes(name("link"), new IntValue(1)).build();
    Device two = device("2").putAttributes(name("link"), new IntValue(2)).build();

    assertThat(judgePair(new MatchAttribute(ImmutableList.of("r", "s"), LINK), one, two))
        .containsExactly("R101");
    assertThat(judgePair(new MatchAttribute(ImmutableList.of("r"), LINK), one, two)).isEmpty();
    assertThat(judgePair(new MatchAttribute(ImmutableList.of("none"), LINK), one, two)).isEmpty();
  }

  /** R96: a reference to the main request covers its alternatives, one to another does not. */
  @Test
  void coversTheAlternativesItNames() {
    Device bare = device("bare").build();
    ImmutableClaim plain = claim("c", firstAvailable("r", leaf("a"), leaf("b")));

    assertThat(judgeAlternative(plain, bare, "r")).containsExactly("R97");
    assertThat(judgeAlternative(plain, bare, "r/a")).containsExactly("R97");
    assertThat(judgeAlternative(plain, bare, "r/b")).isEmpty();
  }

  private static ImmutableList<String> judgeAlternative(
      ImmutableClaim plain, Device device, String covered) {
    Claim claim = plain.withConstraints(new MatchAttribute(ImmutableList.of(covered), LINK));
    return judge(
        problem(slice("n1", device)).build(),
        claim,
        allocation(claim, "n1", result("r/a", "n1/" + device.name())));
  }
}
