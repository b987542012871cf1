package io.tangram.solver.cpsat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The natives of one jar, unpacked once into a folder that later processes use again.
 *
 * <p>The folder's name holds a hash over the jar's table of contents (names, sizes, checksums), so
 * another build of the same version gets a folder of its own. Files are written into a temporary
 * folder beside it, which is renamed when all are there: nobody sees half of them, and of two
 * processes that race one wins and both are served. A folder whose files don't have the sizes of
 * the jar's (a full disk, a power cut) is replaced.
 */
final class NativeCache {

  private static final String TEMPORARY = ".unpacking-";
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path root;

  /**
   * Makes a cache.
   *
   * @param root the folder that holds the unpacked folders; it need not exist
   */
  NativeCache(Path root) {
    this.root = root;
  }

  /**
   * Returns the folder where the user's caches belong, if there is one: {@code tangram.nativeCache}
   * where that system property is set, else the folder {@code tangram} in {@code XDG_CACHE_HOME},
   * {@code ~/Library/Caches} or {@code ~/.cache}.
   */
  static Optional<Path> defaultRoot() {
    String chosen = System.getProperty("tangram.nativeCache", "");
    if (!chosen.isEmpty()) {
      return Optional.of(Path.of(chosen));
    }
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
      return Optional.of(Path.of(xdg, "tangram"));
    }
    String home = System.getProperty("user.home", "");
    if (home.isEmpty() || !Path.of(home).isAbsolute()) {
      return Optional.empty();
    }
    Path macCaches = Path.of(home, "Library", "Caches");
    Path caches = Files.isDirectory(macCaches) ? macCaches : Path.of(home, ".cache");
    return Optional.of(caches.resolve("tangram"));
  }

  /**
   * Returns a folder that holds the artifact's natives, unpacking them if need be.
   *
   * @param jar the jar
   * @param artifact the folder inside the jar, which is also the artifact's name
   * @throws IOException if the cache can't be read or written
   */
  Path unpacked(JarFile jar, String artifact) throws IOException {
    List<JarEntry> natives = natives(jar, artifact);
    Path folder = root.resolve(folderName(jar, artifact, natives));
    if (!isComplete(folder, natives)) {
      Files.createDirectories(root);
      deleteAbandoned();
      unpack(jar, natives, folder);
    }
    return folder;
  }

  private static List<JarEntry> natives(JarFile jar, String artifact) {
    return jar.stream()
        .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(artifact + "/"))
        .sorted(Comparator.comparing(JarEntry::getName))
        .toList();
  }

  private static String folderName(JarFile jar, String artifact, List<JarEntry> natives)
      throws IOException {
    Hasher hasher = Hashing.sha256().newHasher();
    for (JarEntry entry : natives) {
      hasher.putString(entry.getName(), UTF_8).putLong(entry.getSize()).putLong(entry.getCrc());
    }
    return artifact
        + "-"
        + version(jar, artifact)
        + "-"
        + hasher.hash().toString().substring(0, 12);
  }

  private static String version(JarFile jar, String artifact) throws IOException {
    JarEntry entry =
        jar.getJarEntry("META-INF/maven/com.google.ortools/" + artifact + "/pom.properties");
    if (entry == null) {
      return "unknown";
    }
    Properties properties = new Properties();
    try (InputStream in = jar.getInputStream(entry)) {
      properties.load(in);
    }
    return properties.getProperty("version", "unknown");
  }

  private static boolean isComplete(Path folder, List<JarEntry> natives) {
    return natives.stream()
        .allMatch(entry -> folder.resolve(fileName(entry)).toFile().length() == entry.getSize());
  }

  private static String fileName(JarEntry entry) {
    return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
  }

  private void unpack(JarFile jar, List<JarEntry> natives, Path folder) throws IOException {
    Path temporary = Files.createTempDirectory(root, TEMPORARY);
    try {
      for (JarEntry entry : natives) {
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, temporary.resolve(fileName(entry)));
        }
      }
      moveInto(temporary, folder, natives);
    } finally {
      deleteQuietly(temporary);
    }
  }

  private void moveInto(Path temporary, Path folder, List<JarEntry> natives) throws IOException {
    if (Files.exists(folder) && !isComplete(folder, natives)) {
      Path broken = Files.createTempDirectory(root, TEMPORARY);
      Files.move(folder, broken, StandardCopyOption.REPLACE_EXISTING);
      deleteQuietly(broken);
    }
    try {
      Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process was faster, which is as good.
      if (!isComplete(folder, natives)) {
        throw e;
      }
    }
  }

  /** Deletes what processes left behind that died while unpacking. */
  private void deleteAbandoned() throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, TEMPORARY + "*")) {
      for (Path folder : folders) {
        // 0 if another process has just moved it to its place.
        long modified = folder.toFile().lastModified();
        if (modified != 0 && Instant.ofEpochMilli(modified).isBefore(limit)) {
          deleteQuietly(folder);
        }
      }
    }
  }

  private static void deleteQuietly(Path folder) {
    try {
      if (Files.exists(folder)) {
        MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (IOException e) {
      // A later process finds it abandoned.
    }
  }
}
