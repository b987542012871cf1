package io.tangram.api.check;

import static io.tangram.api.check.Given.DRIVER;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.deviceClass;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.name;
import static io.tangram.api.check.Given.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.AttributeValue.UnknownValue;
import io.tangram.api.device.AttributeValue.VersionValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.SelectorReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectorOutcomesTest {

  private static final AttributeValue A100 = new StringValue("a100");
  private static final AttributeValue H100 = new StringValue("h100");

  private final SelectorOutcomes outcomes = new SelectorOutcomes();

  /** A selector that remembers the devices it was asked about. */
  private static final class Recorder implements DeviceSelector {

    private final SelectorReads reads;
    private final Outcome outcome;
    private final List<String> asked = new ArrayList<>();

    Recorder(SelectorReads reads, Outcome outcome) {
      this.reads = reads;
      this.outcome = outcome;
    }

    @Override
    public String expression() {
      return "recorder";
    }

    @Override
    public Optional<String> defect() {
      return Optional.empty();
    }

    @Override
    public SelectorReads reads() {
      return reads;
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      asked.add(driver.charAt(0) + ":" + device.name());
      return outcome;
    }
  }

  private static SelectorReads attribute(String text) {
    return new SelectorReads(false, false, false, ImmutableSet.of(name(text)), ImmutableSet.of());
  }

  private static SelectorReads capacity(String text) {
    return new SelectorReads(false, false, false, ImmutableSet.of(), ImmutableSet.of(name(text)));
  }

  private Optional<String> refusal(String driver, Device device, DeviceSelector... selectors) {
    return outcomes
        .refusal(deviceClass("gpu"), leaf("r").addSelectors(selectors).build(), driver, device)
        .map(Refusal::rule);
  }

  private List<String> asked(SelectorReads reads, Device... devices) {
    Recorder recorder = new Recorder(reads, DeviceSelector.Outcome.MATCH);
    for (Device device : devices) {
      assertThat(refusal(DRIVER, device, recorder)).isEmpty();
    }
    return recorder.asked;
  }

  @Test
  void admitsWhatMatchesAndRefusesWhatDoesNot() {
    Recorder matches = new Recorder(SelectorReads.NOTHING, DeviceSelector.Outcome.MATCH);
    Recorder doesNot = new Recorder(SelectorReads.NOTHING, DeviceSelector.Outcome.NO_MATCH);
    Device device = device("a").build();

    assertThat(refusal(DRIVER, device)).isEmpty();
    assertThat(refusal(DRIVER, device, matches)).isEmpty();
    assertThat(refusal(DRIVER, device, matches, doesNot)).hasValue("R57");
  }

  @Test
  void refusesWhatASelectorFailsOn() {
    Recorder fails =
        new Recorder(SelectorReads.NOTHING, new DeviceSelector.Outcome.Failure("no such key"));

    assertThat(refusal(DRIVER, device("a").build(), fails)).hasValue("R55");
    assertThat(refusal(DRIVER, device("a").build(), new BrokenSelector())).hasValue("R54");
  }

  /** R57: a false hides errors in later selectors, and class selectors come first. */
  @Test
  void stopsAtTheFirstSelectorThatDoesNotMatch() {
    Recorder doesNot = new Recorder(SelectorReads.NOTHING, DeviceSelector.Outcome.NO_MATCH);
    DeviceClass picky = DeviceClass.builder().name("picky").addSelectors(doesNot).build();

    Optional<Refusal> refusal =
        outcomes.refusal(
            picky,
            leaf("r").addSelectors(new BrokenSelector()).build(),
            DRIVER,
            device("a").build());

    assertThat(refusal.map(Refusal::rule)).hasValue("R57");
    assertThat(refusal(DRIVER, device("a").build(), new BrokenSelector(), doesNot)).hasValue("R54");
  }

  @Test
  void evaluatesOncePerDistinctValueOfWhatIsRead() {
    Device one = device("1").putAttributes(name("model"), A100).build();
    Device same = device("2").putAttributes(name("model"), A100).build();
    Device other = device("3").putAttributes(name("model"), H100).build();
    Device without = device("4").putAttributes(name("brand"), A100).build();

    assertThat(asked(attribute(DRIVER + "/model"), one, same, other, without, same))
        .containsExactly("g:1", "g:3", "g:4");
  }

  @Test
  void tellsTheTwoFormsOfAnAttributesNameApart() {
    Device bare = device("1").putAttributes(name("model"), A100).build();
    Device qualified = device("2").putAttributes(name(DRIVER + "/model"), A100).build();
    Device foreign = device("3").putAttributes(name("other.example.com/model"), A100).build();
    Device neither = device("4").build();

    assertThat(asked(attribute(DRIVER + "/model"), bare, qualified, foreign, neither))
        .containsExactly("g:1", "g:2", "g:3");
  }

  @Test
  void readsABareNameOnlyForItsOwnDriver() {
    Recorder recorder = new Recorder(attribute(DRIVER + "/model"), DeviceSelector.Outcome.MATCH);
    Device first = device("1").putAttributes(name("model"), A100).build();
    Device second = device("2").putAttributes(name("model"), H100).build();

    refusal("other.example.com", first, recorder);
    refusal("other.example.com", second, recorder);

    assertThat(recorder.asked).containsExactly("o:1");
  }

  @Test
  void tellsCapacitiesApartThatAreRead() {
    Device small = device("1").putCapacity(name("memory"), capacityOf("40Gi")).build();
    Device same = device("2").putCapacity(name("memory"), capacityOf("40960Mi")).build();
    Device large = device("3").putCapacity(name("memory"), capacityOf("80Gi")).build();
    Device qualified =
        device("4").putCapacity(name(DRIVER + "/memory"), capacityOf("40Gi")).build();

    assertThat(asked(capacity(DRIVER + "/memory"), small, same, large, qualified))
        .containsExactly("g:1", "g:3", "g:4");
    assertThat(asked(attribute(DRIVER + "/memory"), small, large)).containsExactly("g:1");
  }

  private static DeviceCapacity capacityOf(String amount) {
    return DeviceCapacity.of(quantity(amount));
  }

  @Test
  void tellsDriversApartWhereTheDriverIsRead() {
    SelectorReads driver =
        new SelectorReads(false, true, false, ImmutableSet.of(), ImmutableSet.of());
    Recorder reads = new Recorder(driver, DeviceSelector.Outcome.MATCH);
    Recorder doesNot = new Recorder(SelectorReads.NOTHING, DeviceSelector.Outcome.MATCH);
    for (Recorder each : List.of(reads, doesNot)) {
      refusal("a.example.com", device("1").build(), each);
      refusal("b.example.com", device("2").build(), each);
      refusal("a.example.com", device("3").build(), each);
    }

    assertThat(reads.asked).containsExactly("a:1", "b:2");
    assertThat(doesNot.asked).containsExactly("a:1");
  }

  @Test
  void tellsSharedDevicesApartWhereThatIsRead() {
    SelectorReads sharing =
        new SelectorReads(false, false, true, ImmutableSet.of(), ImmutableSet.of());
    Device shared = device("1").allowMultipleAllocations(true).build();
    Device dedicated = device("2").build();

    assertThat(asked(sharing, shared, dedicated)).containsExactly("g:1", "g:2");
    assertThat(asked(SelectorReads.NOTHING, shared, dedicated)).containsExactly("g:1");
  }

  @Test
  void looksAtAllButTheNameWhereAnythingMayBeRead() {
    Device one = device("1").putAttributes(name("model"), A100).build();
    Device same = device("2").putAttributes(name("model"), A100).build();
    Device other = device("3").putAttributes(name("brand"), A100).build();

    assertThat(asked(SelectorReads.EVERYTHING, one, same, other)).containsExactly("g:1", "g:3");
  }

  /** R31, R32: every selector fails on such a device, whatever it reads. */
  @Test
  void tellsDevicesApartOnWhichEverySelectorMayFail() {
    Device sound = device("1").build();
    Device unknown = device("2").putAttributes(name("x"), new UnknownValue()).build();
    Device versioned = device("3").putAttributes(name("x"), new VersionValue("1.0.0")).build();
    Device malformed = device("4").putAttributes(name("x"), new VersionValue("one")).build();
    Device harmless = device("5").putAttributes(name("x"), A100).build();

    assertThat(asked(SelectorReads.NOTHING, sound, unknown, versioned, malformed, harmless))
        .containsExactly("g:1", "g:2", "g:3", "g:4");
  }

  @Test
  void looksAtEachSelectorByItself() {
    Recorder first = new Recorder(SelectorReads.NOTHING, DeviceSelector.Outcome.MATCH);
    Recorder second = new Recorder(SelectorReads.NOTHING, DeviceSelector.Outcome.NO_MATCH);

    assertThat(refusal(DRIVER, device("a").build(), first)).isEmpty();
    assertThat(refusal(DRIVER, device("a").build(), second)).hasValue("R57");
    assertThat(ImmutableList.of(first.asked.size(), second.asked.size())).containsExactly(1, 1);
  }
}
