package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * How the GPUs of a machine are joined, as listings of real machines show it. What no source says
 * is absent. GPUs are numbered from 0 to {@link #gpus()} - 1.
 */
@Value.Immutable
public interface MachineTopology {

  /** The name, such as {@code DGX-1V}. */
  String name();

  /** The machine in words. */
  String about();

  /** The models that such machines have; empty for GPUs that MIG can't partition. */
  ImmutableList<GpuModel> gpuModels();

  /** How many GPUs a node has. */
  int gpus();

  /** How many NVLinks join a pair; pairs without any are left out. */
  ImmutableMap<GpuPair, Integer> nvLinks();

  /** What one NVLink carries in one direction, in GB/s, as the driver reports it. */
  OptionalDouble nvLinkGbPerSecond();

  /** How far NVLinks reach where they leave the node. */
  Optional<NvLinkDomain> nvLinkDomain();

  /** How many NVSwitches are inside the node. */
  OptionalInt nvSwitches();

  /** How PCIe joins a pair, as far as it is known. */
  ImmutableMap<GpuPair, PciePath> paths();

  /** The NUMA node of each GPU; empty if no source says any. */
  ImmutableList<OptionalInt> numaNodes();

  /** How NICs are attached, in words. */
  Optional<String> nics();

  /** Where the facts come from. */
  ImmutableList<String> sources();

  /** Remarks. */
  ImmutableList<String> notes();

  /** Whether as many NVLinks join every pair of GPUs: no set of them is nearer than another. */
  default boolean isFlat() {
    return nvLinks().size() == gpus() * (gpus() - 1) / 2
        && nvLinks().values().stream().distinct().count() == 1;
  }

  /**
   * The nodes that one fabric of NVLinks joins.
   *
   * @param gpus how many GPUs are in it
   * @param nodes how many nodes they are in
   */
  record NvLinkDomain(int gpus, int nodes) {}

  /** Returns a builder; name, words and number of GPUs have no default. */
  static ImmutableMachineTopology.Builder builder() {
    return ImmutableMachineTopology.builder();
  }
}
