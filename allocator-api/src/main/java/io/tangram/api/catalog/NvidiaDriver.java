package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.QualifiedName;
import java.util.Locale;

/** The names that NVIDIA's GPU driver publishes under (section 16.1 of the rules). */
public final class NvidiaDriver {

  /** The driver, and the domain of its attributes. */
  public static final String NAME = "gpu.nvidia.com";

  /** The class of whole GPUs. */
  public static final String GPU_CLASS = "gpu.nvidia.com";

  /** The class of MIG partitions. */
  public static final String MIG_CLASS = "mig.nvidia.com";

  /** What kind of device it is: {@code gpu} or {@code mig}. */
  public static final QualifiedName TYPE = QualifiedName.of(NAME, "type");

  /** The MIG profile of a partition, such as {@code 1g.10gb}. */
  public static final QualifiedName PROFILE = QualifiedName.of(NAME, "profile");

  /** The uuid of the GPU that a partition is of. */
  public static final QualifiedName PARENT_UUID = QualifiedName.of(NAME, "parentUUID");

  /** The memory of a device, as a capacity. */
  public static final QualifiedName MEMORY = QualifiedName.of(NAME, "memory");

  /** The streaming multiprocessors of a device, as a capacity. */
  public static final QualifiedName MULTIPROCESSORS = QualifiedName.of(NAME, "multiprocessors");

  private NvidiaDriver() {}

  /** Returns the classes that come with the driver, of whole GPUs and of partitions. */
  public static ImmutableList<DeviceClass> deviceClasses() {
    return ImmutableList.of(deviceClass(GPU_CLASS, "gpu"), deviceClass(MIG_CLASS, "mig"));
  }

  private static DeviceClass deviceClass(String name, String type) {
    return DeviceClass.builder()
        .name(name)
        .addSelectors(
            DeviceSelectors.all(
                DeviceSelectors.driverIs(NAME), DeviceSelectors.attributeEquals(TYPE, type)))
        .build();
  }

  /** Returns the architecture as the driver names it, which has no word for a refined one. */
  static String architecture(GpuModel model) {
    return model.architecture().replace(" Ultra", "");
  }

  /** Returns the name of a whole GPU, as {@code gpu-0}. */
  public static String gpuName(int minor) {
    return "gpu-" + minor;
  }

  /** Returns the name of the counter set of a GPU (R240). */
  static String counterSetName(int minor) {
    return gpuName(minor) + "-counter-set";
  }

  /**
   * Returns the name of a partition: minor number, profile in the letters of a DNS label, profile
   * id and start, as in {@code gpu-0-mig-1g10gb-19-2}. Profiles that differ in other letters alone
   * differ in their ids.
   */
  public static String migName(int minor, MigInstance instance) {
    String profile =
        instance
            .profile()
            .name()
            .replace(".", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9-]", "-");
    return gpuName(minor)
        + "-mig-"
        + profile
        + "-"
        + instance.profile().id().orElseThrow()
        + "-"
        + instance.placement().start();
  }
}
