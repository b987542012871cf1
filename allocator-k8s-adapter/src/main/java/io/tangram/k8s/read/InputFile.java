package io.tangram.k8s.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
    return new InputFile(
        file.toString(), relativePath, () -> Files.newInputStream(file), Optional.of(file));
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
