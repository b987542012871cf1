package io.tangram.k8s.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tangram.k8s.cli.CommandRun;
import io.tangram.k8s.cli.CommandRun.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** Mistakes on the command line. */
@PropertyDefaults(tries = 25)
class OptionFuzzTest {

  /** For limits of no time. */
  private static final int OUT_OF_TIME = 3;

  private static final List<ArrayNode> LINES =
      Stream.of(
              "allocate --feature-gates DRAAdminAccess=false,DRAPartitionableDevices=true",
              "allocate --kubernetes-version 1.36 --assume-vanished-free",
              "allocate --kubernetes-version v1.34.2 --feature-gates DRAConsumableCapacity=true",
              "allocate --time-limit 1m30s --gap 0.01 --workers 2 --seed 7",
              "allocate --now 2025-01-31T12:00:00Z --objectives preference,fit,packing",
              "allocate --admit in-order --allocator first-fit -o json --with-pods",
              "verify --kubernetes-version 1.35 --feature-gates DRADeviceTaints=false --strict",
              "catalog H100-80GB --layouts all --profiles 1g.10gb,3g.40gb -o yaml",
              "catalog DGX-1V -o json",
              "completion bash")
          .map(OptionFuzzTest::words)
          .toList();

  private static ArrayNode words(String line) {
    ArrayNode words = JsonNodeFactory.instance.arrayNode();
    Stream.of(line.split(" ")).forEach(words::add);
    return words;
  }

  @Provide
  Arbitrary<ArrayNode> lines() {
    return Changes.trees(LINES, 1, 3);
  }

  @Property
  void optionsAreTakenOrRefused(@ForAll("lines") ArrayNode line) {
    List<String> words = new ArrayList<>();
    line.forEach(word -> words.add(word.asText()));
    if (words.contains("allocate") || words.contains("verify")) {
      words.addAll(List.of("-f", "-"));
    }

    Outcome outcome = new CommandRun().run(words.toArray(String[]::new));

    if (outcome.exitCode() != 0 && outcome.exitCode() != OUT_OF_TIME) {
      CommandLaws.isRefused(outcome);
    }
  }

  @Property
  void timesInTheEnvironmentAreTakenOrRefused(@ForAll("lines") ArrayNode line) {
    String time = line.isEmpty() ? "" : line.get(line.size() - 1).asText();

    Outcome outcome =
        new CommandRun()
            .variable("SOURCE_DATE_EPOCH", time)
            .run(
                "allocate",
                "--allocator",
                "first-fit",
                "-o",
                "none",
                "-f",
                "-",
                "--time-limit",
                "1h");

    CommandLaws.isTakenOrRefused(outcome);
  }
}
