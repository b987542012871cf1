package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.MoreCollectors;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example of the README, compiled and run. */
class EmbeddingExampleTest {

  private static final Path SOURCE =
      Path.of("src/test/java/io/tangram/solver/EmbeddingExampleTest.java");
  private static final Path PICTURE = Path.of("src/site/resources/images/packing.svg");

  private static final Pattern DEVICE_IN_PICTURE = Pattern.compile("<title>(gpu-.*?)</title>");

  @Test
  void givesEveryClaimAPartition() throws IOException {
    // region README
    NodeTemplate template =
        NodeTemplate.builder()
            .machine(HardwareCatalog.standard().machine("8xH100-80GB"))
            .partitioning(Partitioning.EVERY_PLACEMENT)
            .build();
    PublishedNode node = template.publish("worker-0");
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder()
            .addNodes(node.node())
            .slices(node.slices())
            .deviceClasses(NvidiaDriver.deviceClasses());
    for (String profile : List.of("3g.40gb", "4g.40gb")) {
      DeviceSelector selector = DeviceSelectors.attributeEquals(NvidiaDriver.PROFILE, profile);
      DeviceRequest partition = DeviceRequest.of("gpu", NvidiaDriver.MIG_CLASS, selector);
      for (int i = 0; i < 8; i++) {
        problem.addClaims(Claim.of(new ClaimId("ml", profile + "-" + i), partition));
      }
    }
    Allocator allocator = new CpSatAllocator();
    AllocationPlan plan = allocator.allocate(problem.build(), AllocationOptions.DEFAULTS);
    // endregion

    AllocationPlan greedy =
        new FirstFitAllocator().allocate(problem.build(), AllocationOptions.DEFAULTS);
    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(devices(plan)).hasSize(16).isEqualTo(devicesInPicture("optimal"));
    assertThat(devices(greedy)).hasSize(12).isEqualTo(devicesInPicture("first-fit"));
  }

  @Test
  void isWhatTheReadmeShows() throws IOException {
    List<String> lines = Files.readAllLines(SOURCE);
    int from = indexOf(lines, "// region README");
    String region =
        lines.subList(from + 1, indexOf(lines, "// endregion")).stream()
            .map(line -> line.isEmpty() ? line : line.substring(4))
            .collect(Collectors.joining("\n"));

    String readme = Files.readString(Path.of("../README.md"));

    assertThat(readme).contains("```java\n" + region + "\n```");
  }

  private static Set<String> devices(AllocationPlan plan) {
    return plan.allocations().values().stream()
        .flatMap(allocation -> allocation.devices().stream())
        .map(device -> device.device().device())
        .collect(Collectors.toSet());
  }

  /** The devices in one half of the README's picture, which are the titles of its shapes. */
  private static Set<String> devicesInPicture(String group) throws IOException {
    String half =
        Splitter.on("<g id=")
            .splitToStream(Files.readString(PICTURE))
            .filter(text -> text.startsWith("\"" + group + "\""))
            .collect(MoreCollectors.onlyElement());
    return DEVICE_IN_PICTURE
        .matcher(half)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toSet());
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
