package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.Allocator;
import io.tangram.k8s.read.Expressions;
import io.tangram.solver.reference.ReferenceAllocator;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What the command works with.
 *
 * @param allocators the allocators that {@code --allocator} can name, the default first
 * @param expressions makes what CEL expressions stand for
 * @param warmUp starts, beside reading, what an allocator of this name will need later
 */
record Engines(
    ImmutableMap<String, Supplier<Allocator>> allocators, Expressions expressions, WarmUp warmUp) {

  /** Starts what takes long to load. */
  @FunctionalInterface
  interface WarmUp {

    /** Returns at once. */
    void start(String allocator);
  }

  /** Returns the allocator that the settings name, which must be there. */
  Allocator allocator(AllocateSettings settings) {
    String name = settings.allocator();
    return settings.compat().isPresent()
        ? ReferenceAllocator.of(settings.compat().get())
        : Objects.requireNonNull(allocators.get(name), name).get();
  }

  /** The allocator used where none is named. */
  String defaultAllocator() {
    return allocators.keySet().iterator().next();
  }
}
