package io.tangram.k8s.write;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;

/** A plan with one of everything. */
final class Plans {

  static final ClaimId TRAIN = new ClaimId("team-a", "train");
  static final ClaimId LATE = new ClaimId("team-a", "late");

  private Plans() {}

  static AllocationPlan plan() {
    return AllocationPlan.builder()
        .allocator("optimal")
        .status(PlanStatus.FEASIBLE)
        .putAllocations(TRAIN, allocation())
        .putUnallocated(LATE, Reason.Outranked.byOthers())
        .addObjectives(
            new ObjectiveResult("admission", 0, 1, OptionalLong.of(2), PlanStatus.FEASIBLE),
            new ObjectiveResult("fit", 0, 250_000, OptionalLong.empty(), PlanStatus.FEASIBLE))
        .statistics(
            PlanStatistics.builder()
                .strategy("patterns")
                .nodes(4)
                .devices(832)
                .deviceClasses(27)
                .componentClasses(3)
                .claimTypes(6)
                .variables(158)
                .constraints(24)
                .compile(Duration.ofMillis(20))
                .solve(Duration.ofMillis(300))
                .check(Duration.ofMillis(4))
                .build())
        .addWarnings("pool d.com/p is overdrawn")
        .build();
  }

  static Allocation allocation() {
    NodeSelector.Requirement zone =
        new NodeSelector.Requirement("zone", NodeSelector.Operator.IN, ImmutableList.of("a", "b"));
    NodeSelector.Requirement name =
        new NodeSelector.Requirement(
            "metadata.name", NodeSelector.Operator.NOT_IN, ImmutableList.of("x"));
    return Allocation.builder()
        .claim(TRAIN)
        .node("n1")
        .addDevices(
            DeviceAllocation.builder()
                .request("gpu/small")
                .device(new DeviceId("d.com", "n1", "gpu-0"))
                .shareId(UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e"))
                .consumedCapacity(
                    ImmutableMap.of(
                        QualifiedName.parse("memory"),
                        Quantity.parse("5Gi"),
                        QualifiedName.parse("a.com/slots"),
                        Quantity.parse("0")))
                .build(),
            DeviceAllocation.builder()
                .request("nic")
                .device(new DeviceId("d.com", "n1", "nic-0"))
                .adminAccess(true)
                .addBindingConditions("a.com/Ready")
                .addBindingFailureConditions("a.com/Failed")
                .build())
        .addConfigs(
            new AllocatedConfig(
                AllocatedConfig.Source.FROM_CLASS,
                ImmutableList.of("gpu/small", "nic"),
                new OpaqueConfig("d.com", "{\"kind\":\"K\",\"factor\":1.50}")),
            new AllocatedConfig(
                AllocatedConfig.Source.FROM_CLAIM,
                ImmutableList.of(),
                new OpaqueConfig("d.com", "{}")))
        .nodeSelector(
            new NodeSelector(
                ImmutableList.of(
                    new NodeSelector.Term(ImmutableList.of(zone), ImmutableList.of(name)))))
        .build();
  }
}
