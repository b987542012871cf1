package io.tangram.k8s.generate;

import io.tangram.api.catalog.NodeTemplate;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Which devices of a node earlier claims hold. It depends on the node's name and the seed only. */
@FunctionalInterface
interface HeldDevices {

  /**
   * A device and what the claim that holds it asks for.
   *
   * @param device the device's name
   */
  record HeldDevice(ClaimShape shape, String device) {}

  /**
   * Returns the devices that are held.
   *
   * @param node the node's name
   * @param usable tells of a GPU, by its number, whether it may be held
   */
  Stream<HeldDevice> of(String node, IntPredicate usable);

  /** Makes what a fill asks for on nodes of this template. */
  static HeldDevices of(HeldFill fill, NodeTemplate template, long seed) {
    if (fill instanceof HeldFill.Part part) {
      return new PartlyUsedGpus(template, part.part(), seed);
    }
    return fill instanceof HeldFill.HalfOfEveryThirdGpu
        ? new HalfUsedGpus(template.machine(), seed)
        : (node, usable) -> Stream.empty();
  }
}
