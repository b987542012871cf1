package io.tangram.solver.cpsat;

import com.google.common.base.Splitter;
import com.google.ortools.Loader;
import io.tangram.api.AllocatorException;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OR-Tools' native library, loaded once per process, when it is first needed.
 *
 * <p>OR-Tools' own loader unpacks 71 MB into a new temporary folder in every process. This one
 * unpacks them once per user (see {@link NativeCache}) and falls back to the other where the cache
 * can't be used. Thread-safe.
 */
public final class NativeLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String LIBRARY = "jniortools";

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads the library unless it is loaded. A later call tries again what failed.
   *
   * @throws AllocatorException if there are no natives for this platform, or they can't be loaded
   */
  public static synchronized void load() {
    if (!loaded) {
      long start = System.nanoTime();
      loadFrom(NativeCache.defaultRoot());
      loaded = true;
      LOG.debug("loaded OR-Tools natives in {} ms", (System.nanoTime() - start) / 1_000_000);
    }
  }

  /**
   * Starts loading the library on a thread of its own and returns at once. A failure shows when the
   * library is needed.
   */
  public static void preload() {
    Thread thread = new Thread(NativeLibrary::loadQuietly, "tangram-load-natives");
    thread.setDaemon(true);
    thread.start();
  }

  private static void loadQuietly() {
    try {
      load();
    } catch (AllocatorException e) {
      LOG.debug("could not load OR-Tools natives ahead of time", e);
    }
  }

  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // the lock that OR-Tools' loader holds
  private static void loadFrom(Optional<Path> cacheRoot) {
    NativePlatform platform = NativePlatform.current().orElseThrow(NativeLibrary::unknownPlatform);
    URL resource = Loader.class.getResource("/" + fileIn(platform));
    if (resource == null && !isOnLibraryPath()) {
      throw missingJar(platform);
    }
    // Two copies of the library in one process mix and crash.
    synchronized (Loader.class) {
      try {
        Optional<OrToolsLoader> loader = OrToolsLoader.find();
        boolean ours =
            loader.isPresent()
                && resource != null
                && !loader.get().hasLoaded()
                && !isOnLibraryPath()
                && folder(platform, resource, cacheRoot)
                    .filter(NativeLibrary::loadedFrom)
                    .isPresent();
        if (ours) {
          loader.get().setLoaded();
        } else {
          Loader.loadNativeLibraries();
        }
      } catch (UnsatisfiedLinkError | RuntimeException e) {
        throw notLoadable(platform, e);
      }
    }
  }

  /** An operator may have installed the library where Java looks for such. */
  private static boolean isOnLibraryPath() {
    return Splitter.on(File.pathSeparatorChar)
        .omitEmptyStrings()
        .splitToStream(System.getProperty("java.library.path", ""))
        .anyMatch(folder -> new File(folder, System.mapLibraryName(LIBRARY)).exists());
  }

  /** Returns the folder to load from, or nothing where it is better left to OR-Tools. */
  private static Optional<Path> folder(
      NativePlatform platform, URL resource, Optional<Path> cacheRoot) {
    if (!platform.findsLibrariesBesideEachOther()) {
      return Optional.empty();
    }
    try {
      if (resource.getProtocol().equals("file")) {
        return Optional.ofNullable(Path.of(resource.toURI()).getParent());
      }
      URLConnection connection = resource.openConnection();
      if (cacheRoot.isEmpty() || !(connection instanceof JarURLConnection jarConnection)) {
        return Optional.empty();
      }
      connection.setUseCaches(false);
      try (JarFile jar = jarConnection.getJarFile()) {
        return Optional.of(new NativeCache(cacheRoot.get()).unpacked(jar, platform.artifact()));
      }
    } catch (IOException | URISyntaxException e) {
      LOG.debug("can't use the cache of natives at {}", cacheRoot, e);
      return Optional.empty();
    }
  }

  private static boolean loadedFrom(Path folder) {
    try {
      System.load(folder.resolve(System.mapLibraryName(LIBRARY)).toAbsolutePath().toString());
      return true;
    } catch (UnsatisfiedLinkError e) {
      LOG.debug("can't load natives from {}", folder, e);
      return false;
    }
  }

  private static String fileIn(NativePlatform platform) {
    return platform.artifact() + "/" + System.mapLibraryName(LIBRARY);
  }

  private static AllocatorException unknownPlatform() {
    return new AllocatorException(
        "OR-Tools has no natives for "
            + System.getProperty("os.name")
            + " on "
            + System.getProperty("os.arch")
            + "; it has them for Linux and macOS on x86-64 and aarch64, and for Windows on x86-64."
            + " The greedy allocators need none.");
  }

  private static AllocatorException missingJar(NativePlatform platform) {
    return new AllocatorException(
        "The natives of OR-Tools for this platform are not on the class path. Add the jar"
            + " com.google.ortools:"
            + platform.artifact()
            + " in the version of ortools-java.");
  }

  private static AllocatorException notLoadable(NativePlatform platform, @Nullable Throwable e) {
    return new AllocatorException(
        "The natives of OR-Tools from "
            + platform.artifact()
            + " can't be loaded: "
            + (e == null ? "" : e.getMessage())
            + ". On Linux they need glibc 2.26 or later (no musl), and a temporary or cache folder"
            + " that is not mounted noexec.",
        e);
  }
}
