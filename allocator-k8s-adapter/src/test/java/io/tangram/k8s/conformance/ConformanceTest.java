package io.tangram.k8s.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.check.PlanChecker;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Reason;
import io.tangram.api.plan.ReasonCode;
import io.tangram.api.reference.Defect;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.InputException;
import io.tangram.k8s.tree.ObjectText;
import io.tangram.k8s.write.ResultFormat;
import io.tangram.k8s.write.ResultWriter;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import io.tangram.solver.reference.ReferenceAllocator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Problems with the answers of kube-scheduler's own allocator: those of this project, and those
 * that are published apart from it, where they are there.
 */
class ConformanceTest {

  /** The folder of the cases; {@code -Dtangram.conformance=DIR} names another of the same form. */
  private static final Path CASES =
      Path.of(System.getProperty("tangram.conformance", "../../shared/conformance/cases"));

  /** The cases of this project. */
  private static final Path OWN_CASES = Path.of("src/test/resources/conformance");

  /** The answer is a defect of the reference; here the intended behaviour counts. */
  private static final ImmutableMap<String, String> DEFECT =
      ImmutableMap.of(
          "consumable-capacity-multi-allocatable-device-allocation-mode-all-in-use-insufficient",
          "R71");

  /**
   * The API server refuses these objects, and so does the reader, which is the error expected: by
   * what that says, the rule that the reader cites.
   */
  private static final ImmutableMap<String, String> REFUSED_ON_READING =
      ImmutableMap.of(
          "unsupported attribute value", "(R29)",
          "missing device class name", "(R40)",
          "unsupported count mode", "(section 5.1)",
          "CEL expression empty", "(R59)",
          "empty constraint", "(R95)");

  /** The answer names all requests of a configuration, where a newer one would say nothing. */
  private static final ImmutableMap<String, String> OLDER_CONFIG =
      ImmutableMap.of("prioritized-list-class-config", "R177");

  @TestFactory
  Stream<DynamicTest> optimal() throws IOException {
    return tests(new CpSatAllocator());
  }

  @TestFactory
  Stream<DynamicTest> firstFit() throws IOException {
    return tests(new FirstFitAllocator());
  }

  @TestFactory
  Stream<DynamicTest> bestFit() throws IOException {
    return tests(new BestFitAllocator());
  }

  @TestFactory
  Stream<DynamicTest> fragmentation() throws IOException {
    return tests(new FragmentationAllocator());
  }

  @TestFactory
  Stream<DynamicTest> referenceOf136() throws IOException {
    return reference(new KubernetesVersion(36));
  }

  @TestFactory
  Stream<DynamicTest> referenceOf137() throws IOException {
    return reference(new KubernetesVersion(37));
  }

  private static Stream<DynamicTest> tests(Allocator allocator) throws IOException {
    return cases().stream()
        .filter(each -> !DEFECT.containsKey(each.name()))
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each, allocator)));
  }

  private static Stream<DynamicTest> reference(KubernetesVersion version) throws IOException {
    return cases().stream()
        .filter(each -> each.expectedOf(version).isPresent())
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> checkReference(each, version)));
  }

  private static List<ConformanceCase> cases() throws IOException {
    List<ConformanceCase> cases = new ArrayList<>();
    for (Path folder : List.of(OWN_CASES, CASES)) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          files
              .filter(file -> !file.toString().endsWith(".md"))
              .sorted()
              .map(ConformanceTest::read)
              .forEach(cases::add);
        }
      }
    }
    return cases;
  }

  private static ConformanceCase read(Path file) {
    try {
      return ConformanceCase.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(ConformanceCase problemCase, Allocator allocator) throws IOException {
    Cluster cluster;
    try {
      cluster = problemCase.read();
    } catch (InputException e) {
      assertThat(e).hasMessageContaining(refusingRule(problemCase.expectedError()));
      return;
    }
    AllocationProblem problem = ConformanceCase.problem(cluster);

    AllocationPlan plan = allocator.allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(PlanChecker.of(problem).check(plan, AllocationOptions.DEFAULTS)).isEmpty();
    boolean isFirstFit = allocator instanceof FirstFitAllocator;
    assertThat(plan.allocations())
        .hasSize(
            isFirstFit || problemCase.habit().isEmpty()
                ? problemCase.expected().size()
                : problem.claims().size());
    if (isFirstFit) {
      checkFirstFit(problemCase, cluster, plan);
    }
  }

  /** With its defects it gives the very devices that the reference gives. */
  private static void checkReference(ConformanceCase problemCase, KubernetesVersion version)
      throws IOException {
    Cluster cluster;
    try {
      cluster = problemCase.read(Defect.of(version));
    } catch (InputException e) {
      return; // as for the other allocators
    }

    AllocationPlan plan =
        ReferenceAllocator.of(version)
            .allocate(ConformanceCase.problem(cluster), AllocationOptions.DEFAULTS);

    List<JsonNode> expected = problemCase.expectedOf(version).orElseThrow();
    assertThat(comparable(written(cluster, plan), problemCase))
        .containsExactlyElementsOf(comparable(expected, problemCase));
    if (!expected.equals(problemCase.expected()) && !OLDER_CONFIG.containsKey(problemCase.name())) {
      assertThat(plan.warnings()).isNotEmpty();
    }
  }

  private static String refusingRule(String error) {
    return REFUSED_ON_READING.entrySet().stream()
        .filter(each -> error.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No refusal is known for the error: " + error));
  }

  /** It chooses the very devices of the reference, and where that fails, it says the same. */
  private static void checkFirstFit(
      ConformanceCase problemCase, Cluster cluster, AllocationPlan plan) throws IOException {
    if (!problemCase.expectedError().isEmpty()) {
      assertThat(plan.unallocated().values())
          .extracting(Reason::code)
          .containsAnyElementsOf(codes(problemCase.expectedError()));
    }
    List<JsonNode> expected = comparable(problemCase.expected(), problemCase);
    assertThat(comparable(written(cluster, plan), problemCase)).containsExactlyElementsOf(expected);
  }

  /** Returns the reasons that say the same as the error. */
  private static List<ReasonCode> codes(String error) {
    if (error.contains("claim limit")) {
      return List.of(ReasonCode.LIMIT_EXCEEDED);
    } else if (error.contains("currently being updated")) {
      return List.of(ReasonCode.POOL_INCOMPLETE);
    } else if (error.contains("undeclared reference")
        || error.contains("CEL runtime error")
        || error.contains("unsupported attribute value")) {
      return List.of(ReasonCode.SELECTOR_ERROR);
    } else if (error.contains("feature is disabled")) {
      return List.of(ReasonCode.FEATURE_OFF);
    } else if (error.contains("could not retrieve device class")) {
      return List.of(ReasonCode.CLASS_MISSING);
    } else if (error.contains("invalid resource pools") || error.contains("currently invalid")) {
      return List.of(ReasonCode.POOL_INVALID);
    } else if (error.contains("constraint would not be satisfied")) {
      return List.of(ReasonCode.CONSTRAINT); // an error by R70, here no solution
    }
    throw new AssertionError("No reason is known for the error: " + error);
  }

  private static List<JsonNode> written(Cluster cluster, AllocationPlan plan) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ResultWriter(ConformanceCase.claims(cluster), plan, Instant.EPOCH, 1)
        .write(ResultFormat.NDJSON, out);
    List<JsonNode> allocations = new ArrayList<>();
    ObjectText.read(
        new ByteArrayInputStream(out.toByteArray()),
        (claim, line) -> allocations.add(claim.path("status").path("allocation")));
    return allocations.stream().filter(JsonNode::isObject).toList();
  }

  /**
   * Returns the allocations without what is never the same twice, and where their order is free
   * with their results sorted.
   */
  private static List<JsonNode> comparable(List<JsonNode> allocations, ConformanceCase of) {
    List<JsonNode> comparable = new ArrayList<>();
    for (JsonNode allocation : allocations) {
      ObjectNode copy = allocation.deepCopy();
      copy.remove("allocationTimestamp");
      ObjectNode devices = (ObjectNode) copy.get("devices");
      if (OLDER_CONFIG.containsKey(of.name())) {
        devices.path("config").forEach(config -> ((ObjectNode) config).remove("requests"));
      }
      if (devices.has("results")) {
        devices.putArray("results").addAll(results(devices.get("results"), of.ordered()));
      }
      comparable.add(copy);
    }
    return comparable;
  }

  private static List<JsonNode> results(JsonNode list, boolean ordered) {
    List<JsonNode> results = new ArrayList<>();
    for (JsonNode result : list) {
      ObjectNode copy = result.deepCopy();
      if (copy.has("shareID")) {
        copy.put("shareID", "any");
      }
      results.add(copy);
    }
    if (!ordered) {
      results.sort(Comparator.comparing(JsonNode::toString));
    }
    return results;
  }
}
