package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Longs;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConstraintRulesTest {

  private static final QualifiedName ROOT = QualifiedName.parse("example.com/root");
  private static final DeviceRequest LEAF =
      DeviceRequest.builder().name("gpu").deviceClass("any").build();
  private static final Request REQUEST = new Request.Exactly(LEAF);

  /** The truth table of section 6 of the rules. */
  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(number(1), number(1), true, false),
        Arguments.of(number(1), numbers(1, 2), true, false),
        Arguments.of(numbers(1, 2), numbers(3), false, true),
        Arguments.of(number(1), text("1"), false, true),
        Arguments.of(texts("a", "a"), text("a"), true, false),
        Arguments.of(unread("a"), number(1), false, true),
        Arguments.of(unread("a"), unread("b"), false, false),
        Arguments.of(null, number(1), false, false));
  }

  @ParameterizedTest
  @MethodSource("table")
  void followsTheTruthTable(
      AttributeValue one, AttributeValue other, boolean matching, boolean distinct) {
    assertThat(match(one, other)).isEqualTo(matching);
    assertThat(match(other, one)).isEqualTo(matching);
    assertThat(distinct(one, other)).isEqualTo(distinct);
    assertThat(distinct(other, one)).isEqualTo(distinct);
  }

  /** R100, R104. */
  @Test
  void listThatIsNotReadIsLegalAlone() {
    assertThat(match(unread("a"))).isTrue();
    assertThat(distinct(unread("a"))).isTrue();
    assertThat(distinct(number(1), unread("a"), number(2))).isTrue();
  }

  @Test
  void pairwiseOverlapIsNoMatch() {
    assertThat(match(numbers(1, 2), numbers(2, 3), numbers(3, 1))).isFalse();
    assertThat(match(numbers(1, 2), numbers(2, 3), numbers(3, 2))).isTrue();
  }

  @Test
  void comparesAllDistinctDevices() {
    assertThat(distinct(number(1), number(2), number(1))).isFalse();
    assertThat(distinct(number(1), number(2), number(3))).isTrue();
  }

  @Test
  void loneDeviceNeedsTheAttributeToo() {
    assertThat(match((AttributeValue) null)).isFalse();
    assertThat(match(new AttributeValue.UnknownValue())).isFalse();
    assertThat(match(number(1))).isTrue();
  }

  @Test
  void leavesUncoveredDevicesAlone() {
    DeviceConstraint constraint =
        new DeviceConstraint.MatchAttribute(ImmutableList.of("nic"), ROOT);

    assertThat(areSatisfied(constraint, number(1), number(2))).isTrue();
  }

  private static boolean match(AttributeValue... values) {
    return areSatisfied(new DeviceConstraint.MatchAttribute(ImmutableList.of(), ROOT), values);
  }

  private static boolean distinct(AttributeValue... values) {
    return areSatisfied(new DeviceConstraint.DistinctAttribute(ImmutableList.of(), ROOT), values);
  }

  private static boolean areSatisfied(DeviceConstraint constraint, AttributeValue... values) {
    Claim claim = Claim.builder().id(new ClaimId("ns", "claim")).addConstraints(constraint).build();
    List<ChosenDevice> chosen = new ArrayList<>();
    for (AttributeValue value : values) {
      String name = "device-" + chosen.size();
      var device = Device.builder().name(name);
      Optional.ofNullable(value).ifPresent(each -> device.putAttributes(ROOT, each));
      chosen.add(
          new ChosenDevice(
              REQUEST,
              LEAF,
              new PublishedDevice(
                  new DeviceId("gpu.example.com", "pool", name),
                  device.build(),
                  NodeSelection.allNodes(),
                  ImmutableSet.of())));
    }
    return ConstraintRules.areSatisfied(claim, chosen);
  }

  private static AttributeValue number(long value) {
    return new AttributeValue.IntValue(value);
  }

  private static AttributeValue numbers(long... values) {
    return new AttributeValue.IntList(ImmutableList.copyOf(Longs.asList(values)));
  }

  private static AttributeValue unread(String owner) {
    return new AttributeValue.UnreadList(owner);
  }

  private static AttributeValue text(String value) {
    return new AttributeValue.StringValue(value);
  }

  private static AttributeValue texts(String... values) {
    return new AttributeValue.StringList(ImmutableList.copyOf(values));
  }
}
