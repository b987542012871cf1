package io.tangram.k8s.cli;

import java.util.Random;

/**
 * Shared devices and claims for parts of them, no two of one size: a bin packing in two dimensions
 * that nobody proves optimal in minutes.
 */
final class OddCluster {

  static final int CLAIMS = 70;

  private static final int NODES = 20;

  private OddCluster() {}

  static String text() {
    Random random = new Random(2);
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: gpu}
            spec: {selectors: [{cel: {expression: device.driver == "gpu.com"}}]}
            """);
    for (int i = 0; i < NODES; i++) {
      text.append(
          """
          ---
          apiVersion: resource.k8s.io/v1
          kind: ResourceSlice
          metadata: {name: s%1$d}
          spec:
            driver: gpu.com
            nodeName: n%1$d
            pool: {name: n%1$d, generation: 1, resourceSliceCount: 1}
            devices:
            - name: gpu-0
              allowMultipleAllocations: true
              capacity: {memory: {value: "%2$d"}, cores: {value: "%3$d"}}
          """
              .formatted(i, 7_000 + random.nextInt(3_000), 7_000 + random.nextInt(3_000)));
    }
    for (int i = 0; i < CLAIMS; i++) {
      text.append(
          """
          ---
          apiVersion: resource.k8s.io/v1
          kind: ResourceClaim
          metadata: {name: c%1$d, namespace: ns, uid: u-%1$d}
          spec:
            devices:
              requests:
              - name: r
                exactly:
                  deviceClassName: gpu
                  capacity: {requests: {memory: "%2$d", cores: "%3$d"}}
          """
              .formatted(i, 1_200 + random.nextInt(3_600), 1_200 + random.nextInt(3_600)));
    }
    return text.toString();
  }
}
