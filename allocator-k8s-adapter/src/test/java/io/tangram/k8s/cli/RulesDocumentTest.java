package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document of rules has each rule that a string of the sources cites, and no other. */
class RulesDocumentTest {

  private static final List<String> MODULES =
      List.of("allocator-api", "allocator-solver", "allocator-k8s-adapter");
  private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");
  private static final Pattern RULE = Pattern.compile("\\bR\\d{1,3}\\b");
  private static final Pattern SECTION = Pattern.compile("\\bsection (\\d+(?:\\.\\d+)?)");
  private static final Pattern LISTED_RULE = Pattern.compile("(?m)^\\| (R\\d+) \\|");
  private static final Pattern LISTED_SECTION = Pattern.compile("(?m)^\\| (\\d+(?:\\.\\d+)?) \\|");

  @Test
  void listsTheRulesThatMessagesCite() throws IOException {
    String document = document();

    Set<String> cited = found(RULE, 0);

    assertThat(cited).hasSizeGreaterThan(50);
    assertThat(all(LISTED_RULE, document, 1)).isEqualTo(cited);
  }

  @Test
  void listsTheSectionsThatMessagesCite() throws IOException {
    String document = document();

    Set<String> cited = found(SECTION, 1);

    assertThat(cited).contains("1.1");
    assertThat(all(LISTED_SECTION, document, 1)).isEqualTo(cited);
  }

  private static String document() throws IOException {
    return Files.readString(Path.of("docs", "rules.md"));
  }

  /** Returns what strings of the sources of all modules hold, comments aside. */
  private static Set<String> found(Pattern pattern, int group) throws IOException {
    Set<String> found = new TreeSet<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .flatMap(file -> all(STRING, read(file), 0).stream())
            .forEach(string -> found.addAll(all(pattern, string, group)));
      }
    }
    return found;
  }

  private static Set<String> all(Pattern pattern, String text, int group) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
