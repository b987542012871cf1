package io.tangram.api.testing;

import static io.tangram.api.testing.ProblemRecipe.ClaimAspect;
import static io.tangram.api.testing.ProblemRecipe.ClusterAspect;
import static io.tangram.api.testing.ProblemRecipe.RequestAspect;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.DerivedAttributes;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import java.util.List;
import java.util.Optional;

/** Builds the requests of a recipe's claims, and the device classes they name. */
final class RequestAssembly {

  private static final String ANY = "any";
  static final String GPU = "gpu";
  private static final String NIC = "nic";
  static final String BIG = "big";

  static final ImmutableList<DeviceClass> CLASSES =
      ImmutableList.of(
          DeviceClass.builder().name(ANY).build(),
          DeviceClass.builder()
              .name(GPU)
              .addSelectors(DeviceSelectors.driverIs(ClusterAssembly.GPU_DRIVER))
              .build(),
          DeviceClass.builder()
              .name(NIC)
              .addSelectors(DeviceSelectors.driverIs(ClusterAssembly.NIC_DRIVER))
              .build(),
          DeviceClass.builder()
              .name(BIG)
              .addSelectors(
                  DeviceSelectors.driverIs(ClusterAssembly.GPU_DRIVER),
                  DeviceSelectors.capacityAtLeast(
                      QualifiedName.of(ClusterAssembly.GPU_DRIVER, DeviceAssembly.MEMORY.id()),
                      Quantity.gibibytes(20)))
              .build());

  private static final QualifiedName MODEL =
      QualifiedName.of(ClusterAssembly.GPU_DRIVER, DeviceAssembly.MODEL.id());

  private final ProblemRecipe recipe;

  RequestAssembly(ProblemRecipe recipe) {
    this.recipe = recipe;
  }

  ImmutableList<Request> requests(ProblemRecipe.ClaimRecipe claim) {
    int wanted =
        recipe.has(Feature.SEVERAL_REQUESTS) ? 1 + claim.draw().below(3, ClaimAspect.REQUESTS) : 1;
    ImmutableList.Builder<Request> requests = ImmutableList.builder();
    for (int i = 0; i < Math.min(wanted, claim.requests().size()); i++) {
      requests.add(request("r" + i, claim.requests().get(i)));
    }
    return requests.build();
  }

  /** Returns requests as extended resources stand for them (R218): for devices of a class. */
  ImmutableList<Request> extended(ProblemRecipe.ClaimRecipe claim) {
    return requests(claim).stream()
        .map(request -> extended(request.name(), request.alternatives().get(0)))
        .collect(ImmutableList.toImmutableList());
  }

  private static Request extended(String name, DeviceRequest like) {
    return new Request.Exactly(
        DeviceRequest.builder()
            .name(name)
            .deviceClass(like.deviceClass())
            .mode(like.mode().equals(AllocationMode.ALL) ? AllocationMode.ONE : like.mode())
            .build());
  }

  /** Returns the extended resource that a class stands for. */
  static String extended(String deviceClass) {
    return "extended.example.com/" + deviceClass;
  }

  private Request request(String name, List<Draw> alternatives) {
    Draw first = alternatives.get(0);
    if (!recipe.has(Feature.PRIORITIZED_LISTS) || !first.oneIn(2, RequestAspect.LIST)) {
      return new Request.Exactly(
          leaf(name, first)
              .adminAccess(recipe.has(Feature.ADMIN_ACCESS) && first.oneIn(2, RequestAspect.ADMIN))
              .build());
    }
    ImmutableList.Builder<DeviceRequest> leaves = ImmutableList.builder();
    for (int i = 0; i < alternatives.size(); i++) {
      leaves.add(leaf("s" + i, alternatives.get(i)).build());
    }
    return new Request.FirstAvailable(name, leaves.build());
  }

  private ImmutableDeviceRequest.Builder leaf(String name, Draw draw) {
    ImmutableDeviceRequest.Builder leaf =
        DeviceRequest.builder()
            .name(name)
            .deviceClass(draw.oneOf(RequestAspect.CLASS, GPU, ANY, GPU, BIG, GPU, nicIfAny()))
            .mode(mode(draw));
    addSelectors(leaf, draw);
    if (recipe.has(Feature.TOLERATIONS) && draw.oneIn(2, RequestAspect.TOLERATION)) {
      leaf.addTolerations(toleration(draw, RequestAspect.TOLERATION));
    }
    if (recipe.has(Feature.CAPACITY_REQUESTS) && draw.oneIn(2, RequestAspect.CAPACITY)) {
      addCapacity(leaf, draw);
    }
    if (recipe.has(Feature.DERIVED_ATTRIBUTES) && draw.oneIn(2, RequestAspect.DERIVED)) {
      leaf.putDerivedAttributes(DeviceAssembly.ROOT, derivation(draw));
      leaf.putDerivedAttributes(
          DeviceAssembly.INDEX,
          new TestDerivedAttribute.ValueOr(
              draw.oneOf(RequestAspect.DERIVATION, DeviceAssembly.ROOT, MODEL),
              new AttributeValue.IntValue(0)));
    }
    return leaf;
  }

  /** In most cases what the device has under another name; now and then a list, or nothing. */
  private DerivedAttribute derivation(Draw draw) {
    boolean mayFail = recipe.has(Feature.FAILING_SELECTORS);
    return switch (draw.below(12, RequestAspect.DERIVATION)) {
      case 11 ->
          mayFail
              ? DerivedAttributes.copyOf(DeviceAssembly.ROOT)
              : new TestDerivedAttribute.Strings(ImmutableList.of());
      case 10 ->
          mayFail
              ? new TestDerivedAttribute.FailingOn(DeviceAssembly.ODD)
              : new TestDerivedAttribute.ValueOr(
                  DeviceAssembly.ODD, new AttributeValue.StringValue("large"));
      case 9, 8, 7 ->
          new TestDerivedAttribute.Strings(ImmutableList.of(MODEL, DeviceAssembly.ROOT));
      case 6, 5, 4 ->
          new TestDerivedAttribute.ValueOr(
              DeviceAssembly.INDEX, new AttributeValue.StringValue("root-0"));
      case 3, 2 ->
          new TestDerivedAttribute.ValueOr(
              DeviceAssembly.ROOT, new AttributeValue.StringValue("root-1"));
      default -> new TestDerivedAttribute.ValueOr(MODEL, new AttributeValue.StringValue("small"));
    };
  }

  private void addCapacity(ImmutableDeviceRequest.Builder leaf, Draw draw) {
    int form = draw.below(12, RequestAspect.CAPACITY);
    if (recipe.has(Feature.FRACTIONAL_RANGES) && form < 8) {
      String amount = draw.oneOf(RequestAspect.AMOUNT, "1", "300m", "600m", "1.3", "1250m", "2.1");
      leaf.putCapacityRequests(DeviceAssembly.SLOTS, Quantity.parse(amount));
    } else if (form == 1) {
      leaf.putCapacityRequests(DeviceAssembly.SLOTS, Quantity.ONE);
    } else {
      leaf.putCapacityRequests(
          DeviceAssembly.MEMORY,
          Quantity.gibibytes(5L * (1 + draw.below(5, RequestAspect.AMOUNT))));
    }
  }

  private String nicIfAny() {
    boolean any =
        recipe.has(Feature.TWO_DRIVERS)
            || recipe.has(Feature.SEEN_BY_ALL_NODES)
            || recipe.has(Feature.SEEN_BY_MATCHING_NODES)
            || recipe.has(Feature.SEEN_PER_DEVICE);
    return any ? NIC : ANY;
  }

  private AllocationMode mode(Draw draw) {
    if (recipe.has(Feature.ALL_MODE) && draw.oneIn(2, RequestAspect.ALL)) {
      return AllocationMode.ALL;
    }
    return recipe.has(Feature.COUNTS) && draw.oneIn(2, RequestAspect.COUNT)
        ? AllocationMode.exactly(draw.below(12, RequestAspect.COUNT) == 11 ? 3 : 2)
        : AllocationMode.ONE;
  }

  private void addSelectors(ImmutableDeviceRequest.Builder leaf, Draw draw) {
    switch (draw.below(10, RequestAspect.SELECTOR)) {
      case 7 -> leaf.addSelectors(DeviceSelectors.attributeEquals(MODEL, "large"));
      case 8 ->
          leaf.addSelectors(
              DeviceSelectors.capacityAtLeast(
                  QualifiedName.of(ClusterAssembly.GPU_DRIVER, DeviceAssembly.MEMORY.id()),
                  Quantity.gibibytes(30)));
      case 9 -> leaf.addSelectors(DeviceSelectors.all());
      default -> {}
    }
    if (recipe.has(Feature.FAILING_SELECTORS) && draw.oneIn(2, RequestAspect.FAILING)) {
      leaf.addSelectors(new TestSelector.FailingOn(DeviceAssembly.ODD));
    }
  }

  /** Returns a toleration of some taints of devices. */
  static Toleration toleration(Draw draw, Enum<?> aspect) {
    return draw.oneOf(
        aspect,
        Toleration.exists(""),
        Toleration.exists(DeviceAssembly.TAINT_KEY),
        Toleration.exists(DeviceAssembly.TAINT_KEY),
        new Toleration(
            DeviceAssembly.TAINT_KEY,
            Toleration.Operator.EQUAL,
            "bad",
            Optional.of(Taint.Effect.NO_SCHEDULE),
            Optional.empty()),
        Toleration.exists(""),
        Toleration.exists("example.com/other"));
  }

  /** Returns a request that makes its claim hopeless in the way the feature says, if it does. */
  Optional<Request> hopeless(Feature feature) {
    ImmutableDeviceRequest.Builder leaf = DeviceRequest.builder().name("r0").deviceClass(GPU);
    switch (feature) {
      case MISSING_CLASSES -> leaf.deviceClass("missing");
      case BROKEN_SELECTORS -> leaf.addSelectors(new TestSelector.Broken());
      case OVERSIZED_CLAIMS -> leaf.mode(AllocationMode.exactly(Claim.MAX_DEVICES + 1));
      case ADMIN_ACCESS_DENIED -> leaf.adminAccess(true);
      case FEATURES_OFF -> {} // it is the claim that says so
      default -> {
        return Optional.empty();
      }
    }
    boolean isAlternative =
        (feature == Feature.MISSING_CLASSES || feature == Feature.BROKEN_SELECTORS)
            && recipe.has(Feature.PRIORITIZED_LISTS)
            && recipe.cluster().oneIn(2, ClusterAspect.HOPELESS_ALTERNATIVE);
    return Optional.of(
        isAlternative
            ? new Request.FirstAvailable(
                "r0",
                ImmutableList.of(
                    DeviceRequest.builder().name("s0").deviceClass(GPU).build(),
                    leaf.name("s1").build()))
            : new Request.Exactly(leaf.build()));
  }
}
