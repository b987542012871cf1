package io.tangram.solver.diagnose;

import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.ResourceSlice;
import java.util.HashMap;
import java.util.Map;

/** Which attributes devices have, as constraints name them (R28). Not thread-safe. */
final class PublishedAttributes {

  private final AllocationProblem problem;

  /** Of those that were asked for; to look at all devices takes a while where there are many. */
  private final Map<QualifiedName, Boolean> known = new HashMap<>();

  PublishedAttributes(AllocationProblem problem) {
    this.problem = problem;
  }

  /** Whether any device has the attribute, or a request of the claim derives it (R234). */
  boolean has(Claim claim, QualifiedName attribute) {
    return known.computeIfAbsent(attribute, this::isPublished)
        || claim.requests().stream()
            .flatMap(request -> request.alternatives().stream())
            .anyMatch(leaf -> leaf.derivedAttributes().containsKey(attribute));
  }

  private boolean isPublished(QualifiedName attribute) {
    return problem.slices().stream().anyMatch(slice -> isPublished(slice, attribute));
  }

  private static boolean isPublished(ResourceSlice slice, QualifiedName attribute) {
    return slice.devices().stream()
        .anyMatch(device -> device.attribute(slice.pool().driver(), attribute) != null);
  }
}
