package io.tangram.k8s.write;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files whole or not at all: the text goes to a file beside the one wanted, which takes its
 * place when all is written.
 */
public final class WholeFile {

  /** Writes the text of a file. */
  @FunctionalInterface
  public interface Content {

    /** Writes the text to {@code out}. */
    void write(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes the file; its folders are made where they are missing. What is not an ordinary file,
   * such as a pipe, is written to directly.
   *
   * @throws IOException if it can't be written; the file is then as it was
   */
  public static void write(Path file, Content content) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        content.write(out);
      }
      return;
    }
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = Files.createDirectories(target.getParent());
    Path unfinished =
        folder.resolve(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".unfinished");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        content.write(out);
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
