package io.tangram.k8s.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tangram.k8s.cli.CommandRun.Outcome;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** Clusters with mistakes in them: in what objects say, and in how they are written. */
@PropertyDefaults(tries = 25)
class ObjectFuzzTest {

  private static final List<ArrayNode> SEEDS = Seeds.clusters();

  @Provide
  Arbitrary<ArrayNode> trees() {
    return Changes.trees(SEEDS, 1, 3);
  }

  @Provide
  Arbitrary<byte[]> texts() {
    return Changes.texts(Changes.trees(SEEDS, 0, 1), 1, 3);
  }

  @Property
  void objectsAreTakenOrRefused(@ForAll("trees") ArrayNode objects, @ForAll Style style)
      throws IOException {
    byte[] input = style.write(objects);

    Outcome outcome = CommandLaws.allocate(input, "-f", "-");

    CommandLaws.isTakenOrRefused(outcome);
    if (outcome.exitCode() == 0) {
      CommandLaws.keepsTheRules(input, outcome);
    }
  }

  @Property
  void textsAreTakenOrRefused(@ForAll("texts") byte[] input) throws IOException {
    Outcome outcome = CommandLaws.allocate(input, "-f", "-", "-o", "json");

    CommandLaws.isTakenOrRefused(outcome);
    if (outcome.exitCode() == 0) {
      CommandLaws.keepsTheRules(input, outcome);
    }
  }

  @Property
  void objectsMeanTheSameInEveryStyle(
      @ForAll("trees") ArrayNode objects, @ForAll Style one, @ForAll Style other) {
    Outcome left = CommandLaws.allocate(one.write(objects), "-f", "-", "-o", "json");
    Outcome right = CommandLaws.allocate(other.write(objects), "-f", "-", "-o", "json");

    assertThat(left.exitCode()).as("%s %s", left.err(), right.err()).isEqualTo(right.exitCode());
    assertThat(left.out()).isEqualTo(right.out());
  }
}
