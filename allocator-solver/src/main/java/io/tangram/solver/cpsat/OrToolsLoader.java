package io.tangram.solver.cpsat;

import com.google.ortools.Loader;
import java.lang.reflect.Field;
import java.util.Optional;

/**
 * Whether OR-Tools' own loader believes its library to be loaded. It keeps that to itself, but an
 * application may use OR-Tools beside us, and a process with two copies of the library crashes: so
 * we look before we load, and tell it when we have. Callers hold the lock of {@link Loader}.
 */
final class OrToolsLoader {

  private final Field loaded;

  private OrToolsLoader(Field loaded) {
    this.loaded = loaded;
  }

  /** Returns access to the loader's flag, unless it has none or is closed to us. */
  static Optional<OrToolsLoader> find() {
    try {
      Field loaded = Loader.class.getDeclaredField("loaded");
      boolean sameClassLoader =
          Loader.class.getClassLoader() == OrToolsLoader.class.getClassLoader();
      return sameClassLoader && loaded.getType() == boolean.class && loaded.trySetAccessible()
          ? Optional.of(new OrToolsLoader(loaded))
          : Optional.empty();
    } catch (NoSuchFieldException e) {
      return Optional.empty();
    }
  }

  boolean hasLoaded() {
    try {
      return loaded.getBoolean(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  void setLoaded() {
    try {
      loaded.setBoolean(null, true);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
