package io.tangram.k8s.read;

import com.google.common.collect.Maps;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads clusters from texts in the tests of this package. */
final class Reading {

  private Reading() {}

  /** Reads texts as the files {@code cluster.yaml}, {@code cluster2.yaml} and so on. */
  static Cluster read(String... texts) {
    return read(1, texts);
  }

  /** Returns a file with this text. */
  static InputFile file(String name, String text) {
    return InputFile.of(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Reads texts with a seed. */
  static Cluster read(long seed, String... texts) {
    return ClusterReader.create(new ExpressionTexts()).withSeed(seed).read(files(texts));
  }

  /** Reads texts where these gates are on beside those that are by default. */
  static Cluster readWith(Set<FeatureGate> gates, String... texts) {
    FeatureSet features = FeatureSet.DEFAULT.with(Maps.asMap(gates, gate -> true));
    return ClusterReader.create(new ExpressionTexts())
        .withView(new ClusterView(features, false))
        .read(files(texts));
  }

  private static List<InputFile> files(String... texts) {
    List<InputFile> files = new ArrayList<>();
    for (String text : texts) {
      String number = files.isEmpty() ? "" : String.valueOf(files.size() + 1);
      files.add(file("cluster" + number + ".yaml", text));
    }
    return files;
  }

  /** Returns a claim whose {@code spec.devices} is this flow of YAML. */
  static String claim(String name, String devices) {
    return "---\n{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: "
        + name
        + ", namespace: ns, uid: u-"
        + name
        + "}, spec: {devices: "
        + devices
        + "}}\n";
  }

  /** Returns a claim with one exact request, these fields beside its class. */
  static String exactly(String fields) {
    return claim("a", "{requests: [{name: r, exactly: {deviceClassName: c" + fields + "}}]}");
  }

  /** Returns a slice on node n of one pool, with these fields of its spec beside. */
  static String slice(String name, String fields) {
    return "---\n{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {name: "
        + name
        + "}, spec: {driver: d.com, pool: {name: p, generation: 1, resourceSliceCount: 1}, "
        + fields
        + "}}\n";
  }

  /** Returns a slice on node n with one device that has these fields beside its name. */
  static String device(String fields) {
    return slice("s", "nodeName: n, devices: [{name: dev" + fields + "}]");
  }

  /** Returns a pod with these fields of its spec. */
  static String pod(String name, String spec) {
    return podWith(name, "", spec, "");
  }

  /**
   * Returns a pod.
   *
   * @param metadata more fields of its metadata, beginning with a comma
   * @param spec the fields of its spec
   * @param status the fields of its status
   */
  static String podWith(String name, String metadata, String spec, String status) {
    return "---\n{apiVersion: v1, kind: Pod, metadata: {name: "
        + name
        + ", namespace: ns, uid: p-"
        + name
        + metadata
        + "}, spec: {"
        + spec
        + "}, status: {"
        + status
        + "}}\n";
  }

  /** Returns the fields of a spec that name a claim. */
  static String uses(String claim) {
    return "resourceClaims: [{name: " + claim + ", resourceClaimName: " + claim + "}]";
  }

  /** Returns a template for claims whose {@code spec.devices} is this flow of YAML. */
  static String template(String name, String devices) {
    return "---\n{apiVersion: resource.k8s.io/v1, kind: ResourceClaimTemplate, metadata: {name: "
        + name
        + ", namespace: ns}, spec: {spec: {devices: "
        + devices
        + "}}}\n";
  }

  /** Returns a claim that holds no device and may be used everywhere, with this status beside. */
  static String held(String name, String status) {
    return claim(name, "{}")
        .replace("}}\n", "}, status: {allocation: {devices: {}}" + status + "}}\n");
  }

  /** Returns a node with these fields beside its name. */
  static String node(String name, String fields) {
    return "---\n{apiVersion: v1, kind: Node, metadata: {name: " + name + fields + "}\n";
  }
}
