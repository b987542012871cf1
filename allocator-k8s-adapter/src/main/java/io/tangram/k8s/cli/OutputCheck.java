package io.tangram.k8s.cli;

import io.tangram.k8s.read.InputFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses outputs that can't be written, before anything is read: who waited for a plan should not
 * lose it to a misspelled name.
 */
final class OutputCheck {

  private final String option;
  private final Set<Path> inputs = new HashSet<>();
  private final Set<Path> writable = new HashSet<>();

  /**
   * Makes a check.
   *
   * @param option the option that names the outputs
   * @param inputs what must not be written over
   */
  OutputCheck(String option, List<InputFile> inputs) {
    this.option = option;
    for (InputFile input : inputs) {
      input.path().map(OutputCheck::real).ifPresent(this.inputs::add);
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /**
   * Looks whether a file can be written.
   *
   * @throws UsageException if it can't: it is a folder or an input, its folder is not there, or
   *     permission is missing
   */
  void file(Path file) {
    if (file.toString().isEmpty()) {
      throw new UsageException(option + ": the name is empty; name a file.");
    }
    if (Files.isDirectory(file)) {
      throw refused(file, "is a folder; name a file");
    }
    if (inputs.contains(real(file))) {
      throw refused(file, "is an input; choose another name");
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw refused(file, "may not be written; check its permissions");
    }
    boolean device = Files.exists(file) && !Files.isRegularFile(file);
    Path folder = real(file).getParent();
    if (!device && folder != null) {
      folder(folder);
    }
  }

  /** Looks whether files can be made in a folder. */
  private void folder(Path folder) {
    if (!Files.exists(folder)) {
      throw refused(folder, "no such folder; make it, or choose another");
    }
    if (!Files.isDirectory(folder)) {
      throw refused(folder, "is no folder; choose another");
    }
    if (!writable.contains(folder)) {
      try {
        Files.delete(Files.createTempFile(folder, ".tangram", ".unfinished"));
      } catch (IOException e) {
        throw refused(folder, "no file can be made there" + because(e));
      }
      writable.add(folder);
    }
  }

  /**
   * Makes a folder, and those above it, unless it is there.
   *
   * @throws UsageException if it can't be made
   */
  void make(Path folder) {
    if (folder.toString().isEmpty()) {
      throw new UsageException(option + ": the name is empty; name a folder.");
    }
    for (Path above = folder.toAbsolutePath(); above != null; above = above.getParent()) {
      if (Files.exists(above) && !Files.isDirectory(above)) {
        throw refused(above, "is a file; choose a folder");
      }
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw refused(folder, "the folder can't be made" + because(e));
    }
  }

  private static String because(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "; check the permissions";
    }
    return cause instanceof FileSystemException system && system.getReason() != null
        ? ": " + system.getReason()
        : "";
  }

  private UsageException refused(Path path, String why) {
    return new UsageException(option + ": " + path + ": " + why + ".");
  }
}
