package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ExpectedDemand;
import java.util.List;

/**
 * A sample of the claims that are likely to come, from ResourceClaims and ResourceClaimTemplates.
 * Each counts once, or as often as its annotation {@value #WEIGHT} says. What a claim of the sample
 * holds doesn't matter, nor do DeviceClasses beside it: those of the cluster count.
 *
 * @param demand what they ask for
 * @param warnings what the owner of the sample should know, each one line
 */
public record ExpectedClaims(ExpectedDemand demand, ImmutableList<String> warnings) {

  /** The annotation that says how often a claim of the sample is expected. */
  public static final String WEIGHT = "tangram.io/weight";

  /**
   * Reads a sample.
   *
   * @param files where its objects are
   * @param expressions makes what CEL expressions stand for, as for the cluster
   * @throws InputException if a file can't be read, is no text of objects, has an object that an
   *     API server would refuse or that asks for no devices by itself, if a weight is none, or if
   *     nothing asks for devices
   */
  public static ExpectedClaims read(List<InputFile> files, Expressions expressions) {
    DemandIntake intake = new DemandIntake(new ParseContext(expressions));
    InputObject.readAll(files, intake::add);
    return intake.build(String.join(", ", files.stream().map(InputFile::name).toList()));
  }

  /** Returns a warning for each class that is asked for, but is none of the problem. */
  public ImmutableList<String> warnings(AllocationProblem problem) {
    ImmutableSet<String> classes =
        problem.deviceClasses().stream()
            .map(DeviceClass::name)
            .collect(ImmutableSet.toImmutableSet());
    return demand.weights().keySet().stream()
        .map(DeviceRequest::deviceClass)
        .filter(name -> !classes.contains(name))
        .distinct()
        .map(
            name ->
                "DeviceClass "
                    + name
                    + ", for which claims are expected, is not there; nothing is kept free for"
                    + " them.")
        .collect(ImmutableList.toImmutableList());
  }
}
