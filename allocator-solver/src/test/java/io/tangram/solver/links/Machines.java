package io.tangram.solver.links;

import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineTopology;
import io.tangram.api.topology.LinkGraph;
import java.util.List;

/** The machines of the catalogue as graphs of their GPUs. */
final class Machines {

  private Machines() {}

  static LinkGraph<Integer> named(String name) {
    return LinkGraph.of(HardwareCatalog.standard().topology(name));
  }

  static List<MachineTopology> all() {
    return HardwareCatalog.standard().topologies();
  }
}
