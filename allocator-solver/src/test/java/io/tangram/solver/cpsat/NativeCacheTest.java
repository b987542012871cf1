package io.tangram.solver.cpsat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {

  private static final String ARTIFACT = "ortools-some-platform";

  @TempDir Path folder;

  @Test
  void unpacksTheNativesOnly() throws IOException {
    Path jar = jar("natives.jar", Map.of("liba.so", "aaa", "libb.so", "bbbb"));

    Path unpacked = unpack(jar);

    assertThat(unpacked.getFileName().toString()).startsWith(ARTIFACT + "-9.99-");
    assertThat(unpacked.resolve("liba.so")).hasContent("aaa");
    assertThat(unpacked.resolve("libb.so")).hasContent("bbbb");
    assertThat(files(unpacked)).hasSize(2);
  }

  @Test
  void usesTheFolderOfAnEarlierProcess() throws IOException {
    Path jar = jar("natives.jar", Map.of("liba.so", "aaa"));
    Path first = unpack(jar);
    FileTime old = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(first.resolve("liba.so"), old);

    Path second = unpack(jar);

    assertThat(second).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(second.resolve("liba.so"))).isEqualTo(old);
  }

  @Test
  void replacesATruncatedFile() throws IOException {
    Path jar = jar("natives.jar", Map.of("liba.so", "aaa", "libb.so", "bbbb"));
    Path first = unpack(jar);
    Files.writeString(first.resolve("libb.so"), "b");

    Path second = unpack(jar);

    assertThat(second.resolve("libb.so")).hasContent("bbbb");
    assertThat(files(root())).containsExactly(second);
  }

  @Test
  void replacesAFolderThatLacksAFile() throws IOException {
    Path jar = jar("natives.jar", Map.of("liba.so", "aaa", "libb.so", "bbbb"));
    Path first = unpack(jar);
    Files.delete(first.resolve("liba.so"));

    Path second = unpack(jar);

    assertThat(second.resolve("liba.so")).hasContent("aaa");
  }

  @Test
  void keepsAnotherBuildOfTheSameVersionApart() throws IOException {
    Path first = unpack(jar("natives.jar", Map.of("liba.so", "aaa")));
    Path second = unpack(jar("others.jar", Map.of("liba.so", "bbb")));

    assertThat(second).isNotEqualTo(first);
    assertThat(first.resolve("liba.so")).hasContent("aaa");
  }

  @Test
  void servesProcessesThatRace() throws Exception {
    Path jar = jar("natives.jar", Map.of("liba.so", "a".repeat(1_000_000)));
    Callable<Path> unpacking = () -> unpack(jar);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Path>> unpacked =
          threads.invokeAll(List.of(unpacking, unpacking, unpacking, unpacking));

      for (Future<Path> each : unpacked) {
        assertThat(each.get().resolve("liba.so")).hasSize(1_000_000);
      }
      assertThat(files(root())).hasSize(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void cleansUpAfterProcessesThatDied() throws IOException {
    Path abandoned = Files.createDirectories(root().resolve(".unpacking-1"));
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    Path busy = Files.createDirectories(root().resolve(".unpacking-2"));

    unpack(jar("natives.jar", Map.of("liba.so", "aaa")));

    assertThat(abandoned).doesNotExist();
    assertThat(busy).exists();
  }

  @Test
  void saysWhenTheCacheCannotBeWritten() throws IOException {
    Path jar = jar("natives.jar", Map.of("liba.so", "aaa"));
    Files.writeString(folder.resolve("cache"), "a file where the cache should be");

    assertThatThrownBy(() -> unpack(jar)).isInstanceOf(IOException.class);
  }

  private Path root() {
    return folder.resolve("cache");
  }

  private Path unpack(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return new NativeCache(root()).unpacked(file, ARTIFACT);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private Path jar(String name, Map<String, String> natives) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      put(
          entries,
          "META-INF/maven/com.google.ortools/" + ARTIFACT + "/pom.properties",
          "version=9.99");
      put(entries, "another/file", "not unpacked");
      for (Map.Entry<String, String> each : natives.entrySet()) {
        put(entries, ARTIFACT + "/" + each.getKey(), each.getValue());
      }
    }
    return jar;
  }

  private static void put(JarOutputStream entries, String name, String content) throws IOException {
    entries.putNextEntry(new JarEntry(name));
    entries.write(content.getBytes(StandardCharsets.UTF_8));
    entries.closeEntry();
  }
}
