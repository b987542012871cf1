package io.tangram.solver;

import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.slice;

import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.device.DeviceId;
import io.tangram.api.topology.LinkGraph;
import java.util.Optional;

/** Nodes of eight GPUs, {@code gpu-0} to {@code gpu-7}, that are joined as in the catalogue. */
final class JoinedFleet {

  private JoinedFleet() {}

  /** A problem with nodes that have a topology of the catalogue. */
  static ImmutableAllocationProblem.Builder machine(String topology, String... nodes) {
    ImmutableAllocationProblem.Builder problem = Fleet.of(nodes);
    for (String node : nodes) {
      problem.addSlices(slice(node, devices("gpu", 8)));
      problem.putLinks(
          node,
          LinkGraph.of(HardwareCatalog.standard().topology(topology))
              .named(gpu -> Optional.of(gpu(node, gpu))));
    }
    return problem;
  }

  /** A GPU of a node. */
  static DeviceId gpu(String node, int number) {
    return new DeviceId(Fleet.DRIVER, node, "gpu-" + number);
  }
}
