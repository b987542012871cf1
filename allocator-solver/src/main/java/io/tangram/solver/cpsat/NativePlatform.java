package io.tangram.solver.cpsat;

import java.util.Locale;
import java.util.Optional;

/**
 * A platform that OR-Tools has natives for.
 *
 * @param name the name in OR-Tools' artifacts, such as {@code linux-x86-64}
 */
record NativePlatform(String name) {

  private static final String WINDOWS = "win32-x86-64";

  /** Returns the platform, if there are natives for it. */
  static Optional<NativePlatform> current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /**
   * Returns the platform, if there are natives for it.
   *
   * @param os as in the system property {@code os.name}
   * @param arch as in the system property {@code os.arch}
   */
  static Optional<NativePlatform> of(String os, String arch) {
    String system = os.toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    boolean intel = arch.equals("amd64") || arch.equals("x86_64");
    if (system.startsWith("linux") && (arm || intel)) {
      return Optional.of(new NativePlatform(arm ? "linux-aarch64" : "linux-x86-64"));
    }
    if (system.startsWith("mac") && (arm || intel)) {
      return Optional.of(new NativePlatform(arm ? "darwin-aarch64" : "darwin-x86-64"));
    }
    return system.startsWith("windows") && intel
        ? Optional.of(new NativePlatform(WINDOWS))
        : Optional.empty();
  }

  /** The artifact that carries the natives, which is also their folder in its jar. */
  String artifact() {
    return "ortools-" + name;
  }

  /**
   * Whether loading one library pulls in the others it needs. Windows wants them loaded one by one.
   */
  boolean findsLibrariesBesideEachOther() {
    return !name.equals(WINDOWS);
  }
}
