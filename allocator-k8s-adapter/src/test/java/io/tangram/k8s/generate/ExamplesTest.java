package io.tangram.k8s.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {

  private static final Path EXAMPLES = Path.of("examples");

  /** What {@code generate} can't write. */
  private static final String BY_HAND = "pod-groups.yaml";

  @TempDir private Path folder;

  @Test
  void filesInTheExamplesFolderAreCurrent() throws IOException {
    Examples.main(new String[] {folder.toString()});

    assertThat(names(EXAMPLES))
        .contains(BY_HAND)
        .filteredOn(name -> !name.equals(BY_HAND))
        .isEqualTo(names(folder));
    for (String name : names(folder)) {
      assertThat(Files.mismatch(EXAMPLES.resolve(name), folder.resolve(name)))
          .as("%s is not what Examples writes; the comment of Examples has the command", name)
          .isEqualTo(-1);
    }
  }

  @Test
  void needsAFolder() {
    assertThatThrownBy(() -> Examples.main(new String[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Name the folder to write the examples to.");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
