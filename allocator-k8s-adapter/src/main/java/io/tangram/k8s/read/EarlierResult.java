package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run gave to claims: the ResourceClaims that it left with an allocation. Objects
 * of other kinds beside them don't matter.
 *
 * @param source what messages call it
 * @param allocations what claims were given, in the order of the result
 * @param warnings what its owner should know, each one line
 */
public record EarlierResult(
    String source, ImmutableMap<ClaimId, Allocation> allocations, ImmutableList<String> warnings) {

  /**
   * Reads a result.
   *
   * @param files where its objects are
   * @param expressions makes what CEL expressions stand for, as for the cluster
   * @throws InputException if a file can't be read, is no text of objects, has a malformed
   *     allocation, or two claims of one name that differ
   */
  public static EarlierResult read(List<InputFile> files, Expressions expressions) {
    ParseContext context = new ParseContext(expressions);
    ObjectRegister register = new ObjectRegister(context.warnings());
    AllocationParser parser = new AllocationParser(context);
    Map<ClaimId, Allocation> allocations = new LinkedHashMap<>();
    InputObject.readAll(
        files,
        object -> {
          switch (object.objectKind()) {
            case RESOURCE_CLAIM -> {
              Metadata metadata = object.ofNamespaced();
              Field allocation = metadata.object().get("status").get("allocation");
              if (register.isNew(metadata) && allocation.isPresent()) {
                ObjectLabel label = metadata.object().label();
                ClaimId id = new ClaimId(label.namespace(), label.name());
                allocations.put(id, parser.parse(id, allocation));
              }
            }
            case OTHER_VERSION -> throw object.otherVersion();
            default -> {}
          }
        });
    return new EarlierResult(
        String.join(", ", files.stream().map(InputFile::name).toList()),
        ImmutableMap.copyOf(allocations),
        context.warnings().list());
  }

  /** Returns what was given to claims that are pending in the problem. */
  public ImmutableMap<ClaimId, Allocation> pendingIn(AllocationProblem problem) {
    ImmutableSet<ClaimId> pending =
        problem.claims().stream().map(Claim::id).collect(ImmutableSet.toImmutableSet());
    return ImmutableMap.copyOf(Maps.filterKeys(allocations, pending::contains));
  }

  /**
   * Returns a warning if claims are not pending in the problem, unless they hold there what the
   * result says, or if none has an allocation.
   */
  public ImmutableList<String> warnings(AllocationProblem problem) {
    if (allocations.isEmpty()) {
      return ImmutableList.of(source + ": no ResourceClaim in it has an allocation to start from.");
    }
    ImmutableMap<ClaimId, Allocation> pending = pendingIn(problem);
    ImmutableMap<ClaimId, Allocation> held = Maps.uniqueIndex(problem.held(), Allocation::claim);
    List<ClaimId> others =
        allocations.values().stream()
            .filter(given -> !pending.containsKey(given.claim()))
            .filter(given -> !givesTheSame(given, held.get(given.claim())))
            .map(Allocation::claim)
            .toList();
    if (others.isEmpty()) {
      return ImmutableList.of();
    }
    return ImmutableList.of(
        source
            + ": "
            + (others.size() == 1
                ? "claim " + others.get(0) + " is not pending in the input; what it was given is"
                : others.size()
                    + " claims are not pending in the input, such as "
                    + others.get(0)
                    + "; what they were given is")
            + " not looked at.");
  }

  private static boolean givesTheSame(Allocation given, @Nullable Allocation held) {
    return held != null && devices(given).equals(devices(held));
  }

  private static ImmutableSet<String> devices(Allocation allocation) {
    return allocation.devices().stream()
        .map(result -> result.request() + " " + result.device())
        .collect(ImmutableSet.toImmutableSet());
  }
}
