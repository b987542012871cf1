package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.DRIVER;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.compile.Given.device;
import static io.tangram.solver.compile.Given.passed;
import static io.tangram.solver.compile.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Cancellation;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.IntValue;
import io.tangram.api.device.Barrier;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.DerivedAttributes;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.SelectorReads;
import io.tangram.api.device.Taint;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.OffFeature;
import io.tangram.api.testing.TestSelector;
import io.tangram.solver.Fleet;
import io.tangram.solver.compile.Matching.Verdict;
import io.tangram.solver.limit.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Devices are on node {@code a}; {@code big} and {@code small} are classes of models. */
class MatchingTest {

  private static final QualifiedName MODEL = QualifiedName.of(DRIVER, "model");
  private static final QualifiedName SPEED = QualifiedName.of(DRIVER, "speed");
  private static final QualifiedName MEMORY = QualifiedName.of(DRIVER, "memory");
  private static final OffFeature OFF =
      new OffFeature("such devices", FeatureGate.PARTITIONABLE_DEVICES, "R117");
  private static final DeviceSelector FAST = DeviceSelectors.attributeEquals(SPEED, 2);

  private final Device bigAndFast = fleetDevice("x", "big", 2);
  private final Device bigAndSlow = fleetDevice("y", "big", 1);
  private final Device smallAndFast = fleetDevice("z", "small", 2);
  private final Matching matching = new Matching(classes());

  @Test
  void classAndSelectorsHaveToHold() {
    Leaf leaf = registered(leaf("big", 1).withSelectors(FAST));

    look(bigAndFast, bigAndSlow, smallAndFast);

    assertThat(matching.verdict(leaf, 0)).isEqualTo(Verdict.MATCH);
    assertThat(matching.verdict(leaf, 1)).isEqualTo(Verdict.NO_MATCH);
    assertThat(matching.verdict(leaf, 2)).isEqualTo(Verdict.NO_MATCH);
  }

  @Test
  void theFirstSelectorThatDoesNotHoldHidesLaterFailures() { // R57
    TestSelector failing = new TestSelector.FailingOn(SPEED);
    Leaf ofClass = registered(leaf("big", 1).withSelectors(failing));
    Leaf ofSelectors = registered(leaf("gpu", 1).withSelectors(FAST, failing));

    look(bigAndSlow, smallAndFast);

    assertThat(matching.verdict(ofClass, 0)).isEqualTo(Verdict.FAILURE);
    assertThat(matching.verdict(ofClass, 1)).isEqualTo(Verdict.NO_MATCH);
    assertThat(matching.verdict(ofSelectors, 0)).isEqualTo(Verdict.NO_MATCH);
    assertThat(matching.verdict(ofSelectors, 1)).isEqualTo(Verdict.FAILURE);
  }

  @Test
  void aFailureHidesLaterSelectors() { // R57
    Leaf leaf = registered(leaf("gpu", 1).withSelectors(new TestSelector.FailingOn(SPEED), FAST));

    look(bigAndSlow);

    assertThat(matching.verdict(leaf, 0)).isEqualTo(Verdict.FAILURE);
  }

  @Test
  void tellsWhichSelectorFailsAndWhy() { // R55
    TestSelector failing = new TestSelector.FailingOn(SPEED);
    Leaf leaf = registered(leaf("gpu", 1).withSelectors(failing));

    look(bigAndFast, device("w"));

    assertThat(matching.failure(leaf, 0))
        .isEqualTo(Matching.Failure.of(failing, "attribute gpu.example.com/speed is there"));
    assertThatThrownBy(() -> matching.failure(leaf, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No selector of the request fails on device 1");
  }

  @Test
  void derivesAttributesOfWhatMatches() { // R234
    QualifiedName alias = QualifiedName.of("derived", "speed");
    DerivedAttribute speed = DerivedAttributes.copyOf(SPEED);
    Leaf leaf =
        registered(
            leaf("gpu", 1)
                .withSelectors(FAST)
                .withDerivedAttributes(ImmutableMap.of(alias, speed)));

    look(bigAndFast, bigAndSlow);

    assertThat(matching.verdict(leaf, 0)).isEqualTo(Verdict.MATCH);
    assertThat(matching.derived(leaf, 0, alias)).isEqualTo(new IntValue(2));
    assertThat(matching.derived(leaf, 0, SPEED)).isNull();
    assertThat(matching.verdict(leaf, 1)).isEqualTo(Verdict.NO_MATCH);
    assertThat(matching.derived(leaf, 1, alias)).isNull();
  }

  @Test
  void anAttributeThatCantBeDerivedIsAFailure() { // R234
    QualifiedName alias = QualifiedName.of("derived", "speed");
    DerivedAttribute speed = DerivedAttributes.copyOf(SPEED);
    Leaf plain = registered(leaf("gpu", 1));
    Leaf leaf = registered(leaf("gpu", 1).withDerivedAttributes(ImmutableMap.of(alias, speed)));

    look(device("w"));

    assertThat(matching.verdict(plain, 0)).isEqualTo(Verdict.MATCH);
    assertThat(matching.verdict(leaf, 0)).isEqualTo(Verdict.FAILURE);
    assertThat(matching.failure(leaf, 0).reason("gpu").message())
        .isEqualTo(
            "request gpu: derived attribute derived/speed,"
                + " device.attributes[\"gpu.example.com\"][\"speed\"]: no such attribute:"
                + " gpu.example.com/speed (R234)");
  }

  @Test
  void aSelectorThatCantBeEvaluatedFailsOnEveryDevice() { // R54
    Counting broken =
        new Counting(SelectorReads.EVERYTHING) {
          @Override
          public Optional<String> defect() {
            return Optional.of("no such word");
          }
        };
    Leaf leaf = registered(leaf("gpu", 1).withSelectors(broken));

    look(bigAndFast, bigAndSlow);

    assertThat(matching.failure(leaf, 1).message()).isEqualTo("no such word");
    assertThat(matching.lookOf(0)).isEqualTo(matching.lookOf(1));
    assertThat(broken.evaluated).isEmpty();
  }

  @Test
  void requestsOfOneClassWithEqualSelectorsShareAFilter() {
    matching.filter(leaf("gpu", 1));
    int filter = matching.filter(leaf("big", 1).withSelectors(FAST));

    assertThat(matching.filter(leaf("big", 3).withName("other").withSelectors(FAST)))
        .isEqualTo(filter);
    assertThat(matching.filter(leaf("big", 1))).isNotEqualTo(filter);
    assertThat(matching.filter(leaf("small", 1).withSelectors(FAST))).isNotEqualTo(filter);
  }

  @Test
  void aSelectorIsEvaluatedOnceForDevicesThatAgreeInWhatItReads() {
    Counting selector = new Counting(reading(MODEL));
    Leaf counted = registered(leaf("gpu", 1).withSelectors(selector));
    Leaf fast = registered(leaf("gpu", 1).withSelectors(FAST));

    look(bigAndFast, bigAndSlow, smallAndFast, fleetDevice("w", "big", 3));

    assertThat(selector.evaluated).containsExactly("x", "z");
    assertThat(matching.lookOf(0)).isNotEqualTo(matching.lookOf(1));
    assertThat(matching.verdict(counted, 1)).isEqualTo(Verdict.MATCH);
    assertThat(matching.verdict(fast, 1)).isEqualTo(Verdict.NO_MATCH);
  }

  @Test
  void devicesThatDifferInNothingThatIsReadLookTheSame() {
    registered(leaf("big", 1));

    look(bigAndFast, bigAndSlow, smallAndFast);

    assertThat(matching.lookOf(1)).isEqualTo(matching.lookOf(0));
    assertThat(matching.lookOf(2)).isNotEqualTo(matching.lookOf(0));
  }

  @Test
  void anAttributeIsReadInItsQualifiedAndItsBareForm() { // R27, R28
    Counting selector = new Counting(reading(SPEED));
    registered(leaf("gpu", 1).withSelectors(selector));
    QualifiedName bare = QualifiedName.of("", "speed");

    look(
        device("w"),
        device("x").withAttributes(ImmutableMap.of(SPEED, new IntValue(1))),
        device("y").withAttributes(ImmutableMap.of(SPEED, new IntValue(2))),
        device("z").withAttributes(ImmutableMap.of(bare, new IntValue(1))),
        device("zz").withAttributes(ImmutableMap.of(bare, new IntValue(2))));

    assertThat(selector.evaluated).containsExactly("w", "x", "y", "z", "zz");
  }

  @Test
  void theBareFormIsNotReadForAForeignDomain() { // R27
    Counting selector = new Counting(reading(QualifiedName.of("other.example.com", "speed")));
    registered(leaf("gpu", 1).withSelectors(selector));

    look(bigAndFast, bigAndSlow);

    assertThat(selector.evaluated).containsExactly("x");
  }

  @Test
  void aCapacityIsReadInItsQualifiedAndItsBareForm() { // R27
    Counting selector =
        new Counting(
            new SelectorReads(false, false, false, ImmutableSet.of(), ImmutableSet.of(MEMORY)));
    registered(leaf("gpu", 1).withSelectors(selector));

    look(
        device("w"),
        withMemory("x", MEMORY, 1),
        withMemory("y", QualifiedName.of("", "memory"), 1),
        withMemory("z", QualifiedName.of("", "memory"), 1));

    assertThat(selector.evaluated).containsExactly("w", "x", "y");
  }

  @Test
  void whatReadsEverythingIsEvaluatedForAllThatDiffer() {
    Counting selector = new Counting(SelectorReads.EVERYTHING);
    registered(leaf("gpu", 1).withSelectors(selector));

    look(
        bigAndFast,
        fleetDevice("same", "big", 2),
        bigAndSlow,
        withMemory("v", MEMORY, 1),
        withMemory("w", MEMORY, 2));

    assertThat(selector.evaluated).containsExactly("x", "y", "v", "w");
  }

  @Test
  void valuesThatMayFailEverySelectorArePartOfTheLook() { // R31, R32
    Counting selector = new Counting(SelectorReads.NOTHING);
    registered(leaf("gpu", 1).withSelectors(selector));
    QualifiedName other = QualifiedName.of("", "other");

    look(
        device("v"),
        device("w").withAttributes(ImmutableMap.of(other, new IntValue(1))),
        device("x").withAttributes(ImmutableMap.of(other, new AttributeValue.UnknownValue())),
        device("y").withAttributes(ImmutableMap.of(other, new AttributeValue.VersionValue("1"))),
        device("z").withAttributes(ImmutableMap.of(other, new AttributeValue.UnreadList("a"))));

    assertThat(selector.evaluated).containsExactly("v", "x", "y", "z");
  }

  @Test
  void driverAndSharingArePartOfTheLook() {
    Counting selector = new Counting(SelectorReads.NOTHING);
    registered(leaf("gpu", 1).withSelectors(selector));
    Device shared = device("y").withAllowMultipleAllocations(true);
    ResourceSlice foreign =
        slice("z", NodeSelection.node("a"), device("z"))
            .withPool(new PoolId("other.example.com", "z"));

    look(slice("a", device("x"), shared, device("w")), foreign);

    assertThat(selector.evaluated).containsExactly("x", "y", "z");
    assertThat(matching.lookOf(2)).isEqualTo(matching.lookOf(0));
  }

  @Test
  void aHiddenDeviceMatchesNothing() { // R161
    Leaf leaf = registered(leaf("gpu", 1));

    look(
        device("x").withBarrier(Barrier.hiding(OFF)),
        device("y").withBarrier(Barrier.withholding(OFF)));

    assertThat(matching.verdict(leaf, 0)).isEqualTo(Verdict.NO_MATCH);
    assertThat(matching.verdict(leaf, 1)).isEqualTo(Verdict.MATCH);
  }

  @Test
  void aMatchingDeviceMayBeTakenUnlessABarrierOrATaintKeepsIt() { // R73, R147
    DeviceRequest request = leaf("gpu", 1);

    assertThat(Matching.mayTake(request, device("x"))).isTrue();
    assertThat(Matching.mayTake(request, device("x").withTaints(taint("one")))).isFalse();
    assertThat(Matching.mayTake(request, device("x").withBarrier(Barrier.withholding(OFF))))
        .isFalse();
  }

  @Test
  void everyBlockingTaintHasToBeTolerated() { // R147
    Device once = device("x").withTaints(taint("one"));
    Device twice = device("x").withTaints(taint("one"), taint("two"));
    DeviceRequest request = leaf("gpu", 1);

    assertThat(Matching.tolerates(request, once)).isFalse();
    assertThat(Matching.tolerates(tolerating("two"), once)).isFalse();
    assertThat(Matching.tolerates(tolerating("one"), once)).isTrue();
    assertThat(Matching.tolerates(tolerating("one"), twice)).isFalse();
    assertThat(Matching.tolerates(tolerating("two", "one"), twice)).isTrue();
    assertThat(Matching.tolerates(request, device("y"))).isTrue();
  }

  @Test
  void aTaintThatBlocksNothingNeedsNoToleration() { // R147
    Taint remark = new Taint("remark", "", Taint.Effect.NONE, Optional.empty());

    assertThat(Matching.tolerates(leaf("gpu", 1), device("x").withTaints(remark))).isTrue();
  }

  @Test
  void aDedicatedDeviceHasToOfferTheAmountsThatARequestNames() { // R127, R129
    Device device = withMemory("x", MEMORY, 4);

    assertThat(Matching.offers(leaf("gpu", 1), device)).isTrue();
    assertThat(Matching.offers(asking(MEMORY, 4), device)).isTrue();
    assertThat(Matching.offers(asking(MEMORY, 5), device)).isFalse();
    assertThat(Matching.offers(asking(MEMORY, 0), device)).isTrue();
    assertThat(Matching.offers(asking(MEMORY, -1), device)).isFalse();
    assertThat(Matching.offers(asking(SPEED, 1), device)).isFalse();
  }

  @Test
  void stopsWhenTimeIsUp() {
    DeviceTable devices = devices(slice("a", bigAndFast));

    assertThatThrownBy(() -> matching.lookAt(devices, 2, passed()))
        .isInstanceOf(DeadlineExceededException.class);
  }

  @Test
  void stopsBetweenEvaluations() {
    Cancellation cancellation = Cancellation.create();
    Counting selector =
        new Counting(reading(SPEED)) {
          @Override
          public Outcome evaluate(String driver, Device device) {
            cancellation.cancel();
            return super.evaluate(driver, device);
          }
        };
    registered(leaf("gpu", 1).withSelectors(selector));
    DeviceTable devices = devices(slice("a", bigAndFast, bigAndSlow));
    Deadline deadline = Deadline.after(Duration.ofDays(1), cancellation);

    assertThatThrownBy(() -> matching.lookAt(devices, 2, deadline))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(selector.evaluated).containsExactly("x");
  }

  /** Matches every device, and writes down those that it is asked for. */
  private static class Counting implements DeviceSelector {
    private final SelectorReads reads;
    private final List<String> evaluated = new ArrayList<>();

    Counting(SelectorReads reads) {
      this.reads = reads;
    }

    @Override
    public String expression() {
      return "true";
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
      evaluated.add(device.name());
      return Outcome.MATCH;
    }
  }

  private static Map<String, DeviceClass> classes() {
    Map<String, DeviceClass> classes = new HashMap<>();
    Fleet.of().build().deviceClasses().forEach(each -> classes.put(each.name(), each));
    return classes;
  }

  private Leaf registered(DeviceRequest request) {
    return new Leaf(0, request, matching.filter(request));
  }

  private void look(Device... devices) {
    look(slice("a", devices));
  }

  private void look(ResourceSlice... slices) {
    matching.lookAt(devices(slices), 2, Deadline.never());
  }

  private static DeviceTable devices(ResourceSlice... slices) {
    AllocationProblem problem = Fleet.of("a").addSlices(slices).build();
    return Given.compiled(problem).devices();
  }

  private static Device fleetDevice(String name, String model, long speed) {
    return Device.builder()
        .from(Fleet.device(name, model))
        .putAttributes(QualifiedName.of("", "speed"), new IntValue(speed))
        .build();
  }

  private static Device withMemory(String name, QualifiedName capacity, long memory) {
    return device(name)
        .withCapacity(ImmutableMap.of(capacity, DeviceCapacity.of(Quantity.of(memory))));
  }

  private static SelectorReads reading(QualifiedName attribute) {
    return new SelectorReads(false, false, false, ImmutableSet.of(attribute), ImmutableSet.of());
  }

  private static Taint taint(String key) {
    return new Taint(key, "", Taint.Effect.NO_SCHEDULE, Optional.empty());
  }

  private static DeviceRequest tolerating(String... keys) {
    List<Toleration> tolerations = new ArrayList<>();
    for (String key : keys) {
      tolerations.add(Toleration.exists(key));
    }
    return leaf("gpu", 1).withTolerations(tolerations);
  }

  private static DeviceRequest asking(QualifiedName capacity, long amount) {
    return leaf("gpu", 1).withCapacityRequests(ImmutableMap.of(capacity, Quantity.of(amount)));
  }
}
