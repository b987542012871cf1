package io.tangram.k8s.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir private Path folder;

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void makesFoldersAndReplacesWhatWasThere() throws IOException {
    Path file = folder.resolve("a/b/result.yaml");

    WholeFile.write(file, out -> write(out, "old"));
    WholeFile.write(file, out -> write(out, "new"));

    assertThat(file).hasContent("new");
  }

  @Test
  void leavesTheOldFileWhereWritingFails() throws IOException {
    Path file = folder.resolve("result.yaml");
    Files.writeString(file, "old");

    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      write(out, "half");
                      throw new IOException("the disk is full");
                    }))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": the disk is full");

    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("result.yaml");
  }

  @Test
  void writesThroughLinks() throws IOException {
    Path file = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    WholeFile.write(link, out -> write(out, "new"));

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }

  @Test
  void removesTheFileBehindALinkAndWritesItAnew() throws IOException {
    Path file = Files.writeString(folder.resolve("real"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));

    WholeFile.remove(link);

    assertThat(file).doesNotExist();
    WholeFile.write(link, out -> write(out, "new"));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }

  @Test
  void removesNothingButOrdinaryFiles() throws IOException {
    Path none = folder.resolve("none");
    Path inner = Files.createDirectory(folder.resolve("inner"));

    WholeFile.remove(none);
    WholeFile.remove(inner);

    assertThat(names()).containsExactly("inner");
  }

  @Test
  void refusesLinksThatGoRound() throws IOException {
    Path one = folder.resolve("one");
    Path other = Files.createSymbolicLink(folder.resolve("other"), one);
    Files.createSymbolicLink(one, other);

    assertThatThrownBy(() -> WholeFile.write(one, out -> write(out, "new")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(one.toString());
  }

  @Test
  void writesToWhatIsNoOrdinaryFile() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device));

    WholeFile.write(device, out -> write(out, "gone"));

    assertThat(Files.isRegularFile(device)).isFalse();
  }
}
