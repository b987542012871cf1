package io.tangram.k8s.read;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text with objects: a file or standard input. */
public final class InputFile {

  private final String name;
  private final Path relativePath;
  private final Opener opener;
  private final Optional<Path> path;

  private interface Opener {
    InputStream open() throws IOException;
  }

  private InputFile(String name, Path relativePath, Opener opener, Optional<Path> path) {
    this.name = name;
    this.relativePath = relativePath;
    this.opener = opener;
    this.path = path;
  }

  /** Returns the input of one file. */
  public static InputFile of(Path file) {
    Path name = file.getFileName();
    return inFolder(file, name == null ? file : name);
  }

  /**
   * Returns the input of a file that was found in a folder.
   *
   * @param file the file
   * @param relativePath its path below the folder
   */
  static InputFile inFolder(Path file, Path relativePath) {
    return new InputFile(file.toString(), relativePath, () -> open(file), Optional.of(file));
  }

  /** Of files Java's streams ask where in them they are, and a pipe can't say. */
  private static InputStream open(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? Files.newInputStream(file)
        : new BufferedInputStream(new FileInputStream(file.toFile()));
  }

  /**
   * Returns an input that is read from a stream.
   *
   * @param name what messages call it
   * @param in the stream, which can be read once
   */
  public static InputFile of(String name, InputStream in) {
    return new InputFile(name, Path.of(name), () -> in, Optional.empty());
  }

  /**
   * Returns this input in a form that can be opened any number of times, in one thread. What is no
   * regular file, such as a pipe, is read when it is first opened, and kept.
   */
  public InputFile repeatable() {
    boolean canBeReadAgain = path.filter(Files::isRegularFile).isPresent();
    return canBeReadAgain ? this : new InputFile(name, relativePath, new Kept(opener), path);
  }

  /** Opens once and keeps what there is. */
  private static final class Kept implements Opener {

    private final Opener once;
    private byte @Nullable [] bytes;

    Kept(Opener once) {
      this.once = once;
    }

    @Override
    public InputStream open() throws IOException {
      byte[] content = bytes;
      if (content == null) {
        try (InputStream in = once.open()) {
          content = in.readAllBytes();
        }
        bytes = content;
      }
      return new ByteArrayInputStream(content);
    }
  }

  /** What messages call it. */
  public String name() {
    return name;
  }

  /** Where it is; absent for a stream. */
  public Optional<Path> path() {
    return path;
  }

  /** Its path below the folder in which it was found, or its file name. */
  public Path relativePath() {
    return relativePath;
  }

  /**
   * Opens the input.
   *
   * @throws IOException if it can't be read
   */
  public InputStream open() throws IOException {
    return opener.open();
  }

  @Override
  public String toString() {
    return name;
  }
}
