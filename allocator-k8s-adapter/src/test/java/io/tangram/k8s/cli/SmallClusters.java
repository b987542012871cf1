package io.tangram.k8s.cli;

/** A node with two GPUs, and claims for them. */
final class SmallClusters {

  static final String OBJECTS =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      ---
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: gpu}
      spec: {selectors: [{cel: {expression: device.driver == "gpu.com"}}]}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: s}
      spec:
        driver: gpu.com
        nodeName: n1
        pool: {name: n1, generation: 1, resourceSliceCount: 1}
        devices: [{name: gpu-0}, {name: gpu-1}]
      """;

  private SmallClusters() {}

  /** Returns a pending claim. */
  static String claim(String name) {
    return """
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaim
        metadata: {name: %s, namespace: ns, uid: u-%s}
        spec: {devices: {requests: [{name: r, exactly: {deviceClassName: gpu}}]}}
        """
        .formatted(name, name);
  }

  /** Returns a claim that holds a device. */
  static String holder(String name, String device) {
    return claim(name)
        + """
        status:
          allocation:
            devices: {results: [{request: r, driver: gpu.com, pool: n1, device: %s}]}
            nodeSelector:
              nodeSelectorTerms:
              - matchFields: [{key: metadata.name, operator: In, values: [n1]}]
        """
            .formatted(device);
  }

  /** Returns the cluster with pending claims of these names. */
  static String with(String... claims) {
    StringBuilder text = new StringBuilder(OBJECTS);
    for (String claim : claims) {
      text.append(claim(claim));
    }
    return text.toString();
  }
}
