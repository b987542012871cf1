package io.tangram.k8s.cli;

import static io.tangram.k8s.cli.RealObjects.assertRefused;
import static io.tangram.k8s.cli.RealObjects.changed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What looks as if it were objects but is not, as people and tools leave it behind: one line says
 * where it is, what is wrong and what to do.
 */
class MalformedTextTest {

  private static final String NODE = "Node h100-1: ";
  private static final String CLAIM = "ResourceClaim ml/train: ";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("texts")
  void isRefusedInOneHelpfulLine(String good, String bad, String line) throws IOException {
    assertRefused(folder, changed(good, bad).getBytes(UTF_8), line);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments(
            "    podCIDR:",
            "\tpodCIDR:",
            "line 19, column 1: not YAML: a tab where spaces must be; indent with spaces."),
        arguments(
            "message: kubelet is",
            "message: \"kubelet is",
            "line 35, column 16: not YAML: this goes with nothing above it; look at the indentation, and for a missing quote."),
        arguments(
            "    name: h100-1\n    res",
            "    name h100-1\n    res",
            "line 16, column 5: not YAML: a key without a colon on the line, or on the one above."),
        arguments(
            "      type: Ready\n",
            "      type: Ready\n  kind: Node\n",
            "line 37, column 3: the key \"kind\" is given twice."),
        arguments(
            "nodeName: h100-1",
            "nodeName: *node",
            "line 68, column 15: the alias *node names no anchor before it; quote it if it is text."),
        arguments(
            "  status:\n    allocatable:",
            "  status: &status\n    before: *status\n    allocatable:",
            "line 25, column 13: the alias *status names no anchor before it; quote it if it is text."),
        arguments(
            "cpu: 191500m",
            "cpu: {{ .Values.cpu }}",
            "line 26, column 13: a key is not a single value; if this is a template, fill it in."),
        arguments(
            "      value: present",
            "      value: !secret present",
            "line 23, column 14: the tag !secret is not one Kubernetes knows; leave it out."),
        arguments(
            "- apiVersion: v1\n  kind: Namespace",
            "- namespace/ml\n- apiVersion: v1\n  kind: Namespace",
            "line 37, column 1: an item of a list is not an object; remove it, or write one."),
        arguments(
            "kind: List",
            "kind: ResourceClaim",
            "line 1, column 1: an object of kind \"ResourceClaim\" has items; only a List has."),
        arguments(
            "  kind: Namespace\n",
            "",
            "line 37: kind: is required; every Kubernetes object says its apiVersion and kind."),
        arguments(
            "- apiVersion: v1\n  kind: Namespace",
            "- kind: Namespace",
            "line 37: apiVersion: is required; every Kubernetes object says its apiVersion and kind."),
        arguments(
            "resource.k8s.io/v1\n  kind: ResourceClaim\n",
            "resource.k8s.io/v1alpha3\n  kind: ResourceClaim\n",
            "line 154: ResourceClaim train: apiVersion: resource.k8s.io/v1alpha3 is not read. Convert the object to resource.k8s.io/v1 (section 0.4)."),
        arguments(
            "    name: train\n",
            "    name: Train_1\n",
            "ResourceClaim (without a name, line 154): metadata.name: \"Train_1\" is not a DNS subdomain: at most 253 lower-case letters, digits, inner hyphens and dots (object metadata)."),
        arguments(
            "    name: train\n",
            "",
            "ResourceClaim (without a name, line 154): metadata.name: is required (object metadata)."),
        arguments(
            "  metadata:\n    name: mig.nvidia.com\n",
            "  metadata: null\n  other:\n",
            "DeviceClass (without a name, line 43): metadata: is required (object metadata)."),
        arguments(
            "gpu.count: \"8\"",
            "gpu.count: 8",
            NODE + "metadata.labels[nvidia.com/gpu.count]: 8 must be a string; put it in quotes."),
        arguments(
            "creationTimestamp: \"2026-01-05T08:00:01Z\"",
            "creationTimestamp: 5 January 2026",
            CLAIM
                + "metadata.creationTimestamp: \"5 January 2026\" must be a time such as 2025-01-31T12:00:00Z."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whole")
  void isRefusedAsAWhole(String name, byte[] content, String line) throws IOException {
    assertRefused(folder, content, line);
  }

  static Stream<Arguments> whole() throws IOException {
    String text = RealObjects.text();
    byte[] latin = text.replace("ready status", "pr\u00eat").getBytes(StandardCharsets.ISO_8859_1);
    byte[] packed = gzip(text.getBytes(UTF_8));
    byte[] broken = packed.clone();
    broken[packed.length - 8]++; // the checksum
    return Stream.of(
        arguments("in another encoding", latin, "not UTF-8 text; save it in UTF-8."),
        arguments(
            "as PowerShell redirects",
            ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE),
            "not UTF-8 text; save it in UTF-8."),
        arguments(
            "compressed, with its end cut off",
            Arrays.copyOf(packed, packed.length / 2),
            "the compressed data ends early."),
        arguments("compressed and damaged", broken, "can't be read: Corrupt GZIP trailer."),
        arguments(
            "compressed by another program",
            new byte[] {0x50, 0x4b, 3, 4, 20, 0, 8, 0},
            "not YAML: the character U+0003 is not allowed; if the file is packed, unpack it."),
        arguments(
            "as kubectl lists it",
            "NAME     STATUS   ROLES    AGE\nh100-1   Ready    <none>   3d\n".getBytes(UTF_8),
            "line 1, column 1: a document is a single value, not an object; ask kubectl for -o yaml or json."),
        arguments(
            "an answer of a proxy",
            "<!DOCTYPE html>\n<html><body>403 Forbidden: no token</body></html>\n".getBytes(UTF_8),
            "line 1, column 1: a document is a single value, not an object; ask kubectl for -o yaml or json."),
        arguments(
            "an error of kubectl",
            "error: You must be logged in to the server (Unauthorized)\n".getBytes(UTF_8),
            "line 1: kind: is required; every Kubernetes object says its apiVersion and kind."),
        arguments(
            "JSON that ends early",
            "{\"kind\": \"List\", \"items\": [{\"kind\": \"Node\"".getBytes(UTF_8),
            "line 1, column 43: not JSON: the text ends early."),
        arguments(
            "JSON with a comma too many",
            "{\"kind\": \"List\",\n \"items\": [],}".getBytes(UTF_8),
            "line 2, column 14: not JSON: Unexpected character ('}' (code 125)): was expecting double-quote to start field name."),
        arguments(
            "JSON of a bare array",
            "[{\"kind\": \"Node\"}]".getBytes(UTF_8),
            "line 1, column 1: expected an object, found an array; wrap its objects in a List."),
        arguments(
            "a bomb of aliases",
            bomb().getBytes(UTF_8),
            "line 6, column 45: aliases expand to more than 1000000 values."),
        arguments(
            "nested without end",
            ("kind: Node\nmetadata: " + "{a: ".repeat(5000)).getBytes(UTF_8),
            "line 2, column 811: values are nested more than 200 deep."),
        arguments(
            "JSON nested without end",
            ("{\"kind\": \"Node\", \"metadata\": " + "[".repeat(5000)).getBytes(UTF_8),
            "line 1, column 230: values are nested more than 200 deep."),
        arguments(
            "nested by aliases",
            chain().getBytes(UTF_8),
            "line 6, column 199: values are nested more than 200 deep."),
        arguments(
            "one word of 3 MiB",
            "a".repeat(3 << 20).getBytes(UTF_8),
            "one value of more than 2 MiB; no Kubernetes object has that, so this is neither YAML nor JSON of objects."));
  }

  private static String bomb() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    return bomb.toString();
  }

  private static String chain() {
    StringBuilder chain = new StringBuilder("kind: Node\nmetadata: {name: n}\nd0: &d0 a\n\n");
    for (int i = 1; i < 90; i++) {
      String value = "[".repeat(190) + "*d" + (i - 1) + "]".repeat(190);
      chain.append("d%d: &d%d %s\n".formatted(i, i, value));
    }
    return chain.toString();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }
}
