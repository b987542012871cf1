package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;
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

  /** A constraint of a kind this library doesn't know: it can't be satisfied (R95). */
  record Unknown(ImmutableList<String> requests) implements DeviceConstraint {}
}
