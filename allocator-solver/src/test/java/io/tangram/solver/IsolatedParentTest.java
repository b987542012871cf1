package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How processes fare that use an {@link IsolatedAllocator}, each of them a process to end. */
class IsolatedParentTest {

  @TempDir Path folder;

  @Test
  void allocatesWithoutNativeCodeFromALauncherJarAndPassesNoOptionsOn() throws Exception {
    ProcessBuilder command = java("-jar", launcherJar().toString(), "allocate");
    command.environment().put("JAVA_TOOL_OPTIONS", "-Dsome.agent=here");

    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("16 allocated, OPTIMAL")
        .contains("no native code")
        .doesNotContain("solver process");
  }

  @Test
  void takesItsChildrenWithItWhenItIsKilled() throws Exception {
    Process process =
        java("-cp", System.getProperty("java.class.path"), IsolatedParent.class.getName(), "search")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ProcessHandle child;
    try (BufferedReader output = process.inputReader()) {
      child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
      process.destroyForcibly();
    }

    child.onExit().join();

    assertThat(child.isAlive()).isFalse();
  }

  private static ProcessBuilder java(String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.command().add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    return builder;
  }

  /** A jar without classes that names the class path. */
  private Path launcherJar() throws IOException {
    String classPath =
        Splitter.on(File.pathSeparatorChar)
            .splitToStream(System.getProperty("java.class.path"))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" "));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, IsolatedParent.class.getName());
    Path jar = folder.resolve("launcher.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      entries.finish();
    }
    return jar;
  }
}
