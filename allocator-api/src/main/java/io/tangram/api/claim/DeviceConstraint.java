package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.LinkRequirement;
import io.tangram.api.device.QualifiedName;
import java.util.Optional;

/** A condition on the devices of a claim together (section 6 of the rules). */
public sealed interface DeviceConstraint {

  /**
   * The requests covered, as {@code request} or {@code request/subrequest}; all where empty (R96).
   */
  ImmutableList<String> requests();

  /** The attribute whose values it compares; absent where that is not known. */
  default Optional<QualifiedName> compared() {
    return Optional.empty();
  }

  /**
   * Returns whether a device chosen for this leaf request is covered (R96).
   *
   * @param request the request
   * @param alternative its chosen alternative
   */
  default boolean covers(Request request, DeviceRequest alternative) {
    return requests().isEmpty()
        || requests().contains(request.name())
        || requests().contains(request.resultName(alternative));
  }

  /** All covered devices have a common value of the attribute (R98, R101). */
  record MatchAttribute(ImmutableList<String> requests, QualifiedName attribute)
      implements DeviceConstraint {

    @Override
    public Optional<QualifiedName> compared() {
      return Optional.of(attribute);
    }
  }

  /** No two covered devices have a common value of the attribute (R104, R105). */
  record DistinctAttribute(ImmutableList<String> requests, QualifiedName attribute)
      implements DeviceConstraint {

    @Override
    public Optional<QualifiedName> compared() {
      return Optional.of(attribute);
    }
  }

  /**
   * Each two covered devices are joined as required. Kubernetes has no word for that.
   *
   * <p>What joins two devices is what {@link io.tangram.api.AllocationProblem#links} knows of the
   * node for which both are published by its name. All others are joined to nothing: those for
   * which nodes are selected otherwise, and those that are missing in what is given for the node. A
   * device that covered requests get twice counts once, and one device alone has what is required.
   * Devices that several claims share, and those for administration, count as all others do.
   */
  record Linked(ImmutableList<String> requests, LinkRequirement requirement)
      implements DeviceConstraint {}

  /** A constraint of a kind this library doesn't know: it can't be satisfied (R95). */
  record Unknown(ImmutableList<String> requests) implements DeviceConstraint {}
}
