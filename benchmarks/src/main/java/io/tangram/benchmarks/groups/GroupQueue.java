package io.tangram.benchmarks.groups;

import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Quantity;
import java.util.ArrayList;
import java.util.List;

/** Adds groups of equal pods to a problem, all or nothing, in one domain of a level each. */
final class GroupQueue {

  private static final String NAMESPACE = "jobs";

  private final ImmutableAllocationProblem.Builder problem;
  private final String level;
  private int groups;

  GroupQueue(ImmutableAllocationProblem.Builder problem, String level) {
    this.problem = problem;
    this.level = level;
  }

  /** Adds a group whose pods take whole GPUs of a class, so many each. */
  void addOfGpus(int pods, String deviceClass, int gpus) {
    add(
        pods,
        name -> {
          Claim claim =
              Claim.builder()
                  .id(new ClaimId(NAMESPACE, name))
                  .addRequests(
                      new Request.Exactly(
                          DeviceRequest.builder()
                              .name("gpus")
                              .deviceClass(deviceClass)
                              .mode(AllocationMode.exactly(gpus))
                              .build()))
                  .build();
          problem.addClaims(claim);
          return Workload.builder().addClaims(claim.id());
        });
  }

  /** Adds a group whose pods take so many cores each. */
  void addOfCores(int pods, int cores) {
    add(pods, name -> Workload.builder().putResources("cpu", Quantity.of(cores)));
  }

  private interface Pods {
    ImmutableWorkload.Builder pod(String name);
  }

  private void add(int size, Pods pods) {
    String group = "group-" + groups++;
    List<WorkloadId> members = new ArrayList<>();
    for (int pod = 0; pod < size; pod++) {
      String name = group + "-" + pod;
      WorkloadId id = new WorkloadId(NAMESPACE, name);
      problem.addWorkloads(pods.pod(name).id(id).build());
      members.add(id);
    }
    problem.addGroups(
        WorkloadGroup.builder()
            .id(new WorkloadGroupId(NAMESPACE, group))
            .minMembers(size)
            .members(members)
            .addTopology(new TopologyConstraint.Together(level, true))
            .build());
  }
}
