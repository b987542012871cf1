package io.tangram.solver;

import java.util.List;

/** The children of this process that are Java, as the operating system has them. */
final class Children {

  private Children() {}

  static List<ProcessHandle> all() {
    return ProcessHandle.current()
        .children()
        // its command line may be too long to be told
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .toList();
  }

  static void kill() {
    all().forEach(ProcessHandle::destroyForcibly);
  }

  static void killAndAwait() {
    List<ProcessHandle> children = all();
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
  }
}
