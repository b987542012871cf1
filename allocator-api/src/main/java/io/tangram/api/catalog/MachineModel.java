package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.Quantity;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A kind of machine: its GPUs, all of one model, and its NICs, and where they sit. A {@link
 * NodeTemplate} makes nodes of it.
 */
@Value.Immutable
public interface MachineModel {

  /** The name, such as {@code 8xH100-80GB}. */
  String name();

  /** The model of its GPUs. */
  GpuModel gpuModel();

  /** The product name that the driver reports; by default the first of the model, else its key. */
  @Value.Default
  default String productName() {
    return gpuModel().productNames().isEmpty()
        ? gpuModel().key()
        : gpuModel().productNames().get(0);
  }

  /** The CUDA compute capability of its GPUs, a semantic version. */
  Optional<String> cudaComputeCapability();

  /**
   * The memory of a whole GPU; by default that of the model's greatest profile, which is a little
   * less, else what the model's name promises, if anything.
   */
  @Value.Default
  default Optional<Quantity> gpuMemory() {
    Quantity partitioned = gpuModel().totals().get(MigResource.MEMORY);
    if (partitioned != null) {
      return Optional.of(partitioned);
    }
    return gpuModel().memoryGb().stream().mapToObj(Quantity::gibibytes).findFirst();
  }

  /** Where the GPUs sit, by minor number. */
  ImmutableList<PciSlot> gpus();

  /** Where the NICs sit. */
  ImmutableList<PciSlot> nics();

  /** How the GPUs are joined. */
  Optional<MachineTopology> topology();

  /** Where the facts come from. */
  ImmutableList<String> sources();

  /** Remarks. */
  ImmutableList<String> notes();

  /** What a user of this machine must be told: that its GPU model is not verified. */
  default Optional<String> warning() {
    return gpuModel().warning();
  }

  /** Returns a builder without GPUs and NICs; name and GPU model have no default. */
  static ImmutableMachineModel.Builder builder() {
    return ImmutableMachineModel.builder();
  }
}
