package io.tangram.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.NodeSelector.Operator;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSelectorTest {

  private static final Node NODE =
      Node.builder().name("n1").putLabels("rack", "r1").putLabels("slots", "8").build();

  private static Requirement requirement(String key, Operator operator, String... values) {
    return new Requirement(key, operator, ImmutableList.copyOf(values));
  }

  private static Term labels(Requirement... requirements) {
    return new Term(ImmutableList.copyOf(requirements), ImmutableList.of());
  }

  private static Term fields(Requirement... requirements) {
    return new Term(ImmutableList.of(), ImmutableList.copyOf(requirements));
  }

  private static boolean matches(Term... terms) {
    return new NodeSelector(ImmutableList.copyOf(terms)).matches(NODE);
  }

  @ParameterizedTest
  @CsvSource({
    "rack, IN, r1, true",
    "rack, IN, r2, false",
    "room, IN, r1, false",
    "rack, NOT_IN, r2, true",
    "rack, NOT_IN, r1, false",
    "room, NOT_IN, r1, true",
    "rack, EXISTS, , true",
    "room, EXISTS, , false",
    "rack, DOES_NOT_EXIST, , false",
    "room, DOES_NOT_EXIST, , true",
    "slots, GT, 7, true",
    "slots, GT, 8, false",
    "slots, LT, 9, true",
    "slots, LT, 8, false",
    "rack, GT, 7, false",
    "room, LT, 9, false"
  })
  void comparesLabels(String key, Operator operator, String value, boolean expected) {
    Requirement requirement =
        value == null ? requirement(key, operator) : requirement(key, operator, value);

    assertThat(matches(labels(requirement))).isEqualTo(expected);
  }

  @Test
  void wantsOneOfItsTermsAndAllThatTheTermSays() {
    Requirement right = requirement("rack", Operator.IN, "r1");
    Requirement wrong = requirement("rack", Operator.IN, "r2");

    assertThat(matches(labels(wrong), labels(right))).isTrue();
    assertThat(matches(labels(right, wrong))).isFalse();
    assertThat(
            matches(
                new Term(
                    ImmutableList.of(right),
                    ImmutableList.of(requirement(NodeSelector.NAME_FIELD, Operator.IN, "n2")))))
        .isFalse();
  }

  @Test
  void matchesNothingByATermThatSaysNothing() {
    assertThat(matches(labels())).isFalse();
    assertThat(matches()).isFalse();
  }

  @Test
  void knowsNodesByName() {
    assertThat(matches(fields(requirement(NodeSelector.NAME_FIELD, Operator.IN, "n1")))).isTrue();
    assertThat(matches(fields(requirement(NodeSelector.NAME_FIELD, Operator.IN, "n2")))).isFalse();
    assertThat(matches(fields(requirement("rack", Operator.IN, "r1")))).isFalse();
    assertThat(NodeSelector.ofNode("n1").matches(NODE)).isTrue();
  }

  @Test
  void saysWhatKeepsItFromBeingEvaluated() {
    assertThat(defect(labels(requirement("a", Operator.IN)))).isTrue();
    assertThat(defect(labels(requirement("a", Operator.EXISTS, "b")))).isTrue();
    assertThat(defect(labels(requirement("a", Operator.GT, "b")))).isTrue();
    assertThat(defect(labels(requirement("a", Operator.LT, "1", "2")))).isTrue();
    assertThat(defect(fields(requirement("a", Operator.IN, "b")))).isTrue();
    assertThat(defect(fields(requirement(NodeSelector.NAME_FIELD, Operator.IN, "a", "b"))))
        .isTrue();
    assertThat(defect(labels(requirement("a", Operator.GT, "-1")))).isFalse();
    assertThat(defect(fields(requirement(NodeSelector.NAME_FIELD, Operator.NOT_IN, "a"))))
        .isFalse();
  }

  private static boolean defect(Term term) {
    return new NodeSelector(ImmutableList.of(term)).defect().isPresent();
  }
}
