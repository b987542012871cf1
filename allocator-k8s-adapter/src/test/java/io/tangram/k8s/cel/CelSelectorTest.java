package io.tangram.k8s.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.AttributeValue.UnreadList;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelector.Outcome;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CelSelectorTest {

  private static final String DRIVER = "gpu.example.com";
  private static final String IS_MIG = "device.attributes['gpu.example.com'].type == 'mig'";

  private final CelExpressions expressions = new CelExpressions();

  private static Device device(String name, String type) {
    return Device.builder()
        .name(name)
        .putAttributes(QualifiedName.of("", "type"), new StringValue(type))
        .build();
  }

  @Test
  void equalTextsGiveEqualSelectors() {
    DeviceSelector first = expressions.selector(IS_MIG);

    DeviceSelector again =
        expressions.selector("device.attributes['gpu.example.com'].type == 'mig'");
    DeviceSelector elsewhere = new CelExpressions().selector(IS_MIG);
    DeviceSelector spaced = expressions.selector(" " + IS_MIG);

    assertThat(again).isSameAs(first);
    assertThat(elsewhere).isEqualTo(first).hasSameHashCodeAs(first);
    assertThat(spaced).isNotEqualTo(first);
  }

  @Test
  void carriesItsTextAndNoDefect() {
    DeviceSelector selector = expressions.selector(IS_MIG);

    assertThat(selector.expression()).isEqualTo(IS_MIG);
    assertThat(selector.defect()).isEmpty();
  }

  @Test
  void oneDefectLeavesOthersAlone() {
    DeviceSelector broken = expressions.selector("device.attributes[");
    DeviceSelector sound = expressions.selector(IS_MIG);

    assertThat(broken.defect()).isPresent();
    assertThat(broken.reads()).isEqualTo(SelectorReads.NOTHING);
    assertThat(broken.evaluate(DRIVER, device("a", "mig")))
        .isEqualTo(new Outcome.Failure(broken.defect().orElseThrow()));
    assertThat(sound.evaluate(DRIVER, device("a", "mig"))).isEqualTo(Outcome.MATCH);
  }

  /** As on an attribute with no known value, whatever the expression reads (R31, R100). */
  @Test
  void failsOnADeviceWithAListThatIsNotRead() {
    Device listed =
        ImmutableDevice.copyOf(device("a", "mig"))
            .withAttributes(
                ImmutableMap.of(QualifiedName.of("", "links"), new UnreadList("links of a")));

    assertThat(expressions.selector("device.driver != ''").evaluate(DRIVER, listed))
        .isEqualTo(
            new Outcome.Failure(
                "attribute links: unsupported attribute value, a list while feature gate"
                    + " DRAListTypeAttributes is off"));
  }

  @Test
  void refusesAnExpressionOfMoreThan10240Bytes() {
    String longest = "'" + "x".repeat(10_240 - 8) + "' != ''";

    DeviceSelector tooLong = expressions.selector(longest + " ");
    DeviceSelector tooManyBytes = expressions.selector(longest.replace("xx", "\u00e9\u00e9"));

    assertThat(expressions.selector(longest).defect()).isEmpty();
    assertThat(tooLong.defect()).hasValue("the expression is longer than 10240 bytes (R51)");
    assertThat(tooManyBytes.defect()).isEqualTo(tooLong.defect());
  }

  @Test
  void oneSelectorTellsDevicesApartByWhatItReads() {
    DeviceSelector selector = expressions.selector(IS_MIG);

    Stream<Outcome> outcomes =
        Stream.of(device("a", "mig"), device("b", "gpu"), device("c", "mig"))
            .map(device -> selector.evaluate(DRIVER, device));

    assertThat(outcomes).containsExactly(Outcome.MATCH, Outcome.NO_MATCH, Outcome.MATCH);
    assertThat(selector.reads().attributes())
        .isEqualTo(ImmutableSet.of(QualifiedName.of(DRIVER, "type")));
  }

  @Test
  void evaluatesOnceForDevicesThatAgreeInWhatItReads() {
    DeviceSelector selector = expressions.selector("device.attributes['gpu.example.com'].type > 1");
    Device other =
        ImmutableDevice.builder()
            .from(device("b", "mig"))
            .putAttributes(QualifiedName.of("", "uuid"), new StringValue("GPU-b"))
            .build();

    Outcome first = selector.evaluate(DRIVER, device("a", "mig"));
    Outcome second = selector.evaluate(DRIVER, other);
    Outcome third = selector.evaluate(DRIVER, device("c", "gpu"));

    assertThat(first).isInstanceOf(Outcome.Failure.class);
    assertThat(second).isSameAs(first);
    assertThat(third).isNotSameAs(first);
  }

  @Test
  void theSameDeviceOfAnotherDriverHasOtherAttributes() {
    DeviceSelector selector = expressions.selector(IS_MIG);

    Outcome own = selector.evaluate(DRIVER, device("a", "mig"));
    Outcome foreign = selector.evaluate("nic.example.com", device("a", "mig"));

    assertThat(own).isEqualTo(Outcome.MATCH);
    assertThat(foreign).isInstanceOf(Outcome.Failure.class);
  }

  @Test
  void isOneShortLineInMessages() {
    DeviceSelector selector =
        new CelExpressions().selector("device.driver == 'x' ||\n  ".repeat(50) + "true");

    assertThat(selector.shown())
        .hasSize(120)
        .startsWith("device.driver == 'x' || device.driver == 'x' ||")
        .endsWith("...");
    assertThat(selector.expression()).endsWith("true");
  }

  @Test
  void threadsShareASelector() throws Exception {
    DeviceSelector selector = new CelExpressions().selector(IS_MIG + " || device.driver == 'x'");
    Callable<Outcome> evaluation = () -> selector.evaluate(DRIVER, device("a", "mig"));
    ExecutorService threads = Executors.newFixedThreadPool(4);

    List<Future<Outcome>> outcomes;
    try {
      outcomes = threads.invokeAll(Stream.generate(() -> evaluation).limit(200).toList());
    } finally {
      threads.shutdown();
    }

    for (Future<Outcome> outcome : outcomes) {
      assertThat(outcome.get()).isEqualTo(Outcome.MATCH);
    }
  }

  @Test
  void warmingUpTwiceDoesNoHarm() {
    assertThatCode(
            () -> {
              CelExpressions.warmUp();
              CelExpressions.warmUp();
            })
        .doesNotThrowAnyException();
  }
}
