package io.tangram.solver.links;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.LinkRequirement;
import java.util.Collection;

/**
 * What set of devices is asked for.
 *
 * @param free the devices to choose from
 * @param size how many of them to choose
 * @param holding those of them that must be in the set
 * @param required what each pair of the set must have
 * @param preferred what each pair of the set shall have if that is possible
 */
public record SetRequest<D>(
    ImmutableSet<D> free,
    int size,
    ImmutableSet<D> holding,
    LinkRequirement required,
    LinkRequirement preferred) {

  /**
   * Makes a request.
   *
   * @throws IllegalArgumentException if the size is less than 0, or devices that must be in the set
   *     are not free or more than its size
   */
  public SetRequest {
    if (size < 0) {
      throw new IllegalArgumentException(size + " devices are asked for; ask for 0 or more.");
    }
    if (holding.size() > size || !free.containsAll(holding)) {
      throw new IllegalArgumentException(
          "A set of "
              + size
              + " of the devices "
              + free
              + " can't hold "
              + holding
              + "; name devices that are free, and no more than the set has.");
    }
  }

  /** Asks for so many of the devices, whatever joins them. */
  public static <D> SetRequest<D> of(Collection<? extends D> free, int size) {
    return new SetRequest<>(
        ImmutableSet.copyOf(free),
        size,
        ImmutableSet.of(),
        LinkRequirement.NONE,
        LinkRequirement.NONE);
  }

  /**
   * Returns this request for sets with these devices.
   *
   * @throws IllegalArgumentException if one is not free, or they are more than the set's size
   */
  public SetRequest<D> holding(Collection<? extends D> devices) {
    return new SetRequest<>(free, size, ImmutableSet.copyOf(devices), required, preferred);
  }

  /** Returns this request for sets of which each pair has this; better none than another. */
  public SetRequest<D> requiring(LinkRequirement requirement) {
    return new SetRequest<>(free, size, holding, requirement, preferred);
  }

  /** Returns this request for sets of which each pair has this, if there is such a set. */
  public SetRequest<D> preferring(LinkRequirement requirement) {
    return new SetRequest<>(free, size, holding, required, requirement);
  }
}
