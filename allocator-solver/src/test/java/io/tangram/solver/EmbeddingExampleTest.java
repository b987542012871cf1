package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example of the README, compiled and run. */
class EmbeddingExampleTest {

  private static final String SOURCE =
      "src/test/java/io/tangram/solver/EmbeddingExampleTest.java";

  @Test
  void allocatesAPartitionOnOneNode() {
    // region README
    NodeTemplate template =
        NodeTemplate.builder()
            .machine(HardwareCatalog.standard().machine("8xH100-80GB"))
            .partitioning(Partitioning.EVERY_PLACEMENT)
            .build();
    PublishedNode node = template.publish("worker-0");
    DeviceRequest slice =
        DeviceRequest.builder()
            .name("gpu")
            .deviceClass(NvidiaDriver.MIG_CLASS)
            .addSelectors(DeviceSelectors.attributeEquals(NvidiaDriver.PROFILE, "3g.40gb"))
            .build();
    AllocationProblem problem =
        AllocationProblem.builder()
            .addNodes(node.node())
            .slices(node.slices())
            .deviceClasses(NvidiaDriver.deviceClasses())
            .addClaims(
                Claim.builder()
                    .id(new ClaimId("ml", "train"))
                    .addRequests(new Request.Exactly(slice))
                    .build())
            .build();

    Allocator allocator = new CpSatAllocator();
    AllocationPlan plan = allocator.allocate(problem, AllocationOptions.DEFAULTS);
    // endregion

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).containsOnlyKeys(new ClaimId("ml", "train"));
  }

  @Test
  void isWhatTheReadmeShows() throws IOException {
    List<String> lines = Files.readAllLines(Path.of(SOURCE));
    int from = indexOf(lines, "// region README");
    String region =
        lines.subList(from + 1, indexOf(lines, "// endregion")).stream()
            .map(line -> line.isEmpty() ? line : line.substring(4))
            .collect(Collectors.joining("\n"));

    String readme = Files.readString(Path.of("../README.md"));

    assertThat(readme).contains("```java\n" + region + "\n```");
  }

  private static int indexOf(List<String> lines, String marker) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(marker)) {
        return i;
      }
    }
    throw new AssertionError("No line " + marker);
  }
}
