package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.read.InputFile;
import io.tangram.k8s.read.PriceList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says of the command. */
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Path CI = Path.of("..", ".ci", "run");

  private static final Pattern FIGURES =
      Pattern.compile(
          "\\| `([a-z-]+)`: [^|]* \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|");

  @Test
  void showsTheCommandsThatCiRuns() throws IOException {
    List<String> commands =
        Files.readAllLines(CI).stream()
            .filter(line -> line.startsWith("./tangram") || line.startsWith("mvn"))
            .toList();

    assertThat(commands).hasSize(2);
    assertThat(Files.readString(README))
        .contains(commands.stream().map(command -> "```sh\n" + command + "\n```").toList());
  }

  @Test
  void comparesAllocatorsAsTheyAre() throws IOException {
    List<MatchResult> rows = FIGURES.matcher(Files.readString(README)).results().toList();

    assertThat(rows).hasSize(3);
    for (MatchResult row : rows) {
      assertThat(closingWords("first-fit", row.group(1)))
          .startsWith(row.group(3) + " of " + row.group(2) + " claims allocated, FEASIBLE");
      assertThat(closingWords("best-fit", row.group(1)))
          .startsWith(row.group(4) + " of " + row.group(2) + " claims allocated, FEASIBLE");
      assertThat(closingWords("fragmentation", row.group(1)))
          .startsWith(row.group(5) + " of " + row.group(2) + " claims allocated, FEASIBLE");
      assertThat(closingWords("optimal", row.group(1)))
          .startsWith(row.group(6) + " of " + row.group(2) + " claims allocated, OPTIMAL");
    }
  }

  @Test
  void showsAListOfPricesThatCanBeCopied(@TempDir Path folder) throws IOException {
    String readme = Files.readString(README);
    int start = readme.indexOf("prices:\n");
    Path list =
        Files.writeString(
            folder.resolve("prices.yaml"), readme.substring(start, readme.indexOf("```", start)));

    PriceList prices = PriceList.read(InputFile.of(list));

    assertThat(prices.entries()).hasSize(3);
    assertThat(prices.otherwise()).contains(10 * PriceList.MILLION);
  }

  @Test
  void showsAClaimForJoinedDevicesThatCanBeCopied() throws IOException {
    String readme = Files.readString(README);
    int start = readme.lastIndexOf("apiVersion", readme.indexOf("tangram.io/links: nvlink"));
    String claim = readme.substring(start, readme.indexOf("```", start));
    String cluster =
        CommandRun.asInstalled()
            .run("generate", "--nodes", "8xH100-80GB=1", "--partitions", "none")
            .out();

    CommandRun.Outcome outcome =
        CommandRun.asInstalled()
            .in(cluster + "---\n" + claim)
            .run("allocate", "-f", "-", "-o", "none", "--require-all");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private static String closingWords(String allocator, String example) {
    return CommandRun.asInstalled()
        .run(
            "allocate",
            "-f",
            "examples/" + example + ".yaml",
            "--allocator",
            allocator,
            "-o",
            "none")
        .err();
  }
}
