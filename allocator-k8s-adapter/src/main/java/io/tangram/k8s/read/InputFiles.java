package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the files that a user names: files, folders, or {@code -} for standard input. */
public final class InputFiles {

  /** The name of standard input on the command line. */
  public static final String STANDARD_INPUT = "-";

  private static final Pattern READ_IN_FOLDERS =
      Pattern.compile(".*\\.(yaml|yml|json|ndjson)(\\.gz)?");

  private static final Pattern SUMMARY = Pattern.compile("\\s*\\{\\s*\"(schema|error)\"\\s*:");
  private static final int SUMMARY_LOOK_AHEAD = 256;

  private InputFiles() {}

  /**
   * Lists the inputs in the order given, the files of a folder sorted by path: those below it that
   * end in {@code .yaml}, {@code .yml}, {@code .json} or {@code .ndjson}, with {@code .gz} behind
   * or not, but no summaries of {@code tangram allocate --each}.
   *
   * @param option the option behind which the user named them, for messages
   * @param arguments what the user named
   * @param standardInput what {@code -} means
   * @throws InputException if something named does not exist or can't be read, a folder has no such
   *     file, or standard input is named twice
   */
  public static ImmutableList<InputFile> find(
      String option, List<String> arguments, InputStream standardInput) {
    ImmutableList.Builder<InputFile> found = ImmutableList.builder();
    boolean standardInputSeen = false;
    for (String argument : arguments) {
      if (argument.equals(STANDARD_INPUT)) {
        if (standardInputSeen) {
          throw new InputException(option + " -: standard input can be read once; name it once.");
        }
        standardInputSeen = true;
        found.add(InputFile.of("standard input", standardInput));
      } else {
        found.addAll(named(option, argument));
      }
    }
    return found.build();
  }

  private static List<InputFile> named(String option, String argument) {
    if (argument.isEmpty()) {
      throw new InputException(option + ": the name is empty; name a file or a folder.");
    }
    Path path;
    try {
      path = Path.of(argument);
    } catch (InvalidPathException e) {
      throw new InputException(option + " " + argument + ": not a path: " + e.getReason() + ".");
    }
    if (!Files.exists(path)) {
      throw new InputException(
          argument + ": no such file or folder. Check the path behind " + option + ".");
    }
    if (!Files.isReadable(path)) {
      throw new InputException(argument + ": may not be read. Check its permissions.");
    }
    return Files.isDirectory(path) ? inFolder(path) : List.of(InputFile.of(path));
  }

  private static InputException unlisted(Path folder, IOException cause) {
    String where = cause instanceof FileSystemException at ? at.getFile() : folder.toString();
    if (cause instanceof FileSystemLoopException) {
      return new InputException(where + ": a link back to a folder above it. Remove it.");
    }
    return new InputException(
        cause instanceof AccessDeniedException
            ? where + ": may not be read. Check its permissions."
            : where + ": can't be listed: " + cause.getMessage() + ".");
  }

  private static List<InputFile> inFolder(Path folder) {
    List<InputFile> files;
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      files =
          all.filter(file -> READ_IN_FOLDERS.matcher(file.getFileName().toString()).matches())
              .filter(Files::isRegularFile)
              .filter(file -> !isSummary(file))
              .sorted(Comparator.comparing(Path::toString))
              .map(file -> InputFile.inFolder(file, folder.relativize(file)))
              .toList();
    } catch (UncheckedIOException e) {
      throw unlisted(folder, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unlisted(folder, e);
    }
    if (files.isEmpty()) {
      throw new InputException(
          folder + ": no file in it ends in .yaml, .yml, .json or .ndjson (or these and .gz).");
    }
    return files;
  }

  /** Whether the file is what allocate wrote beside a result; no Kubernetes object begins so. */
  private static boolean isSummary(Path file) {
    if (!file.getFileName().toString().endsWith(".summary.json")) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String beginning = new String(in.readNBytes(SUMMARY_LOOK_AHEAD), StandardCharsets.UTF_8);
      return SUMMARY.matcher(beginning).lookingAt();
    } catch (IOException e) {
      return false; // who reads it says why it can't be read
    }
  }
}
