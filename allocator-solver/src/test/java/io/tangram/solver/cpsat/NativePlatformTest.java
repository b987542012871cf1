package io.tangram.solver.cpsat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativePlatformTest {

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, ortools-linux-x86-64",
    "Linux, aarch64, ortools-linux-aarch64",
    "Mac OS X, x86_64, ortools-darwin-x86-64",
    "Mac OS X, aarch64, ortools-darwin-aarch64",
    "Windows 11, amd64, ortools-win32-x86-64",
  })
  void knowsThePlatformsWithNatives(String os, String arch, String artifact) {
    assertThat(NativePlatform.of(os, arch).orElseThrow().artifact()).isEqualTo(artifact);
  }

  @ParameterizedTest
  @CsvSource({"Linux, riscv64", "Windows 11, aarch64", "SunOS, amd64"})
  void knowsWhichPlatformsHaveNone(String os, String arch) {
    assertThat(NativePlatform.of(os, arch)).isEmpty();
  }

  @Test
  void agreesWithOrToolsOnThePlatformItRunsOn() {
    assertThat(NativePlatform.current().orElseThrow().name()).isEqualTo(Platform.RESOURCE_PREFIX);
  }
}
