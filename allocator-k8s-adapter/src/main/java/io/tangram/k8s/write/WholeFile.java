package io.tangram.k8s.write;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

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

  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private WholeFile() {}

  /**
   * Writes the file; its folders are made where they are missing. What is not an ordinary file,
   * such as a pipe, is written to directly.
   *
   * @throws FileSystemException if it can't be written, with the name of the file; the file is then
   *     as it was
   */
  public static void write(Path file, Content content) throws FileSystemException {
    try {
      writeWhole(file, content);
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  /**
   * Removes what an earlier run has written, so that nobody takes it for what this one is going to
   * write. What is not an ordinary file stays, and so does a link to a file.
   *
   * @throws FileSystemException if it can't be removed, with the name of the file
   */
  public static void remove(Path file) throws FileSystemException {
    try {
      if (Files.isRegularFile(file)) {
        Files.deleteIfExists(target(file));
      }
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  private static FileSystemException named(Path file, IOException cause) {
    String reason =
        cause instanceof FileSystemException system ? reason(system) : cause.getMessage();
    FileSystemException named = new FileSystemException(file.toString(), null, reason);
    named.initCause(cause);
    return named;
  }

  private static @Nullable String reason(FileSystemException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    return cause instanceof FileAlreadyExistsException
        ? cause.getFile() + " is no folder"
        : cause.getReason();
  }

  private static void writeWhole(Path file, Content content) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        content.write(out);
      }
      return;
    }
    Path target = target(file);
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

  /** Follows links, also where the last of them leads to a file that is not there. */
  private static Path target(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(file.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }
}
