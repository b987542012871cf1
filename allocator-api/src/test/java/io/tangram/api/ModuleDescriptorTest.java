package io.tangram.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModuleDescriptorTest {

  private final ModuleDescriptor descriptor =
      ModuleFinder.of(classes()).find("io.tangram.api").orElseThrow().descriptor();

  private static Path classes() {
    return Path.of(
        URI.create(Allocator.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  @Test
  void needsOnlyGuavaAtRunTime() {
    assertThat(descriptor.requires())
        .filteredOn(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
        .extracting(Requires::name)
        .containsExactlyInAnyOrder("java.base", "com.google.common");
  }

  @Test
  void needsOnlyAnnotationsBesides() {
    assertThat(descriptor.requires())
        .filteredOn(requires -> requires.modifiers().contains(Requires.Modifier.STATIC))
        .extracting(Requires::name)
        .containsExactlyInAnyOrder(
            "java.compiler",
            "com.google.errorprone.annotations",
            "org.jspecify",
            "org.immutables.value.annotations");
  }

  @Test
  void exportsEveryPackage() {
    assertThat(descriptor.exports())
        .filteredOn(exports -> !exports.isQualified())
        .extracting(Exports::source)
        .containsExactlyInAnyOrderElementsOf(descriptor.packages());
  }
}
