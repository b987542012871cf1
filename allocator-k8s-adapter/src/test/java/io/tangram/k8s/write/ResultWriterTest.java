package io.tangram.k8s.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tangram.k8s.cel.CelExpressions;
import io.tangram.k8s.read.ClaimObject;
import io.tangram.k8s.read.ClusterReader;
import io.tangram.k8s.read.InputFile;
import io.tangram.k8s.read.SeededUids;
import io.tangram.k8s.tree.ObjectText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultWriterTest {

  private static final Instant NOW = Instant.parse("2025-01-31T12:00:00.987Z");

  private static final String TRAIN =
      """
      metadata: {name: train, namespace: team-a, annotations: {note: "two\\nlines"}}
      kind: ResourceClaim
      apiVersion: resource.k8s.io/v1
      future: [9007199254740993, 1.50]
      spec:
        devices:
          requests:
          - name: gpu
            firstAvailable:
            - {name: big, deviceClassName: gpu}
            - name: small
              deviceClassName: gpu
              tolerations: [{key: k, operator: Exists, tolerationSeconds: 30, future: "yes"}]
          - {name: nic, exactly: {deviceClassName: nic}}
      """;

  private static final String LATE =
      """
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata: {name: late, namespace: team-a}
      spec: {devices: {requests: []}}
      status: {}
      """;

  private static List<ClaimObject> claims(String... texts) {
    List<InputFile> files = new ArrayList<>();
    for (String text : texts) {
      files.add(
          InputFile.of("claims", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }
    return ClusterReader.create(new CelExpressions()).read(files).claims();
  }

  private static String write(ResultFormat format, String... claims) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ResultWriter(claims(claims), Plans.plan(), NOW, 1).write(format, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<JsonNode> read(String text) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    ObjectText.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        (object, line) -> objects.add(object));
    return objects;
  }

  @Test
  void writesAllocatedClaimsAsKubeSchedulerWouldAndOthersUnchanged() throws IOException {
    assertThat(write(ResultFormat.YAML, TRAIN, LATE))
        .isEqualTo(
            """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: resource.k8s.io/v1
              kind: ResourceClaim
              metadata:
                name: train
                namespace: team-a
                annotations:
                  note: |-
                    two
                    lines
                uid: 56d8b8f1-12c9-48d9-ac3c-7dfdc9b6a343
                finalizers:
                - resource.kubernetes.io/delete-protection
              spec:
                devices:
                  requests:
                  - name: gpu
                    firstAvailable:
                    - name: big
                      deviceClassName: gpu
                    - name: small
                      deviceClassName: gpu
                      tolerations:
                      - key: k
                        operator: Exists
                        tolerationSeconds: 30
                        future: "yes"
                  - name: nic
                    exactly:
                      deviceClassName: nic
              status:
                allocation:
                  devices:
                    results:
                    - request: gpu/small
                      driver: d.com
                      pool: n1
                      device: gpu-0
                      tolerations:
                      - key: k
                        operator: Exists
                        tolerationSeconds: 30
                        future: "yes"
                      shareID: 0f8fad5b-d9cb-469f-a165-70867728950e
                      consumedCapacity:
                        a.com/slots: "0"
                        memory: 5Gi
                    - request: nic
                      driver: d.com
                      pool: n1
                      device: nic-0
                      adminAccess: true
                      bindingConditions:
                      - a.com/Ready
                      bindingFailureConditions:
                      - a.com/Failed
                    config:
                    - source: FromClass
                      requests:
                      - gpu/small
                      - nic
                      opaque:
                        driver: d.com
                        parameters:
                          kind: K
                          factor: 1.50
                    - source: FromClaim
                      opaque:
                        driver: d.com
                        parameters: {}
                  nodeSelector:
                    nodeSelectorTerms:
                    - matchExpressions:
                      - key: zone
                        operator: In
                        values:
                        - a
                        - b
                      matchFields:
                      - key: metadata.name
                        operator: NotIn
                        values:
                        - x
                  allocationTimestamp: "2025-01-31T12:00:00Z"
              future:
              - 9007199254740993
              - 1.50
            - apiVersion: resource.k8s.io/v1
              kind: ResourceClaim
              metadata:
                name: late
                namespace: team-a
              spec:
                devices:
                  requests: []
              status: {}
            """);
  }

  @Test
  void saysTheSameInEveryFormat() throws IOException {
    List<JsonNode> yaml = read(write(ResultFormat.YAML, TRAIN, LATE));

    assertThat(read(write(ResultFormat.JSON, TRAIN, LATE))).isEqualTo(yaml);
    assertThat(read(write(ResultFormat.NDJSON, TRAIN, LATE))).isEqualTo(yaml);
    assertThat(write(ResultFormat.NDJSON, TRAIN, LATE).lines()).hasSize(2);
    assertThat(write(ResultFormat.NONE, TRAIN, LATE)).isEmpty();
  }

  @Test
  void writesAnEmptyListForNoClaims() throws IOException {
    assertThat(write(ResultFormat.YAML)).isEqualTo("apiVersion: v1\nkind: List\nitems: []\n");
    assertThat(write(ResultFormat.JSON))
        .isEqualTo("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": []\n}\n");
    assertThat(write(ResultFormat.NDJSON)).isEmpty();
  }

  @Test
  void keepsUidAndFinalizersThatAreThere() throws IOException {
    String claim =
        TRAIN.replace(
            "namespace: team-a",
            "namespace: team-a, uid: mine, finalizers: [a.com/b,"
                + " resource.kubernetes.io/delete-protection]");

    JsonNode metadata = read(write(ResultFormat.YAML, claim)).get(0).path("metadata");

    assertThat(metadata.path("uid").asText()).isEqualTo("mine");
    assertThat(metadata.path("finalizers").size()).isEqualTo(2);
  }

  @Test
  void makesUidsFromSeedAndName() {
    String uid = new SeededUids(1).of(Plans.TRAIN);

    assertThat(uid).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(new SeededUids(1).of(Plans.TRAIN)).isEqualTo(uid);
    assertThat(new SeededUids(2).of(Plans.TRAIN)).isNotEqualTo(uid);
    assertThat(new SeededUids(1).of(Plans.LATE)).isNotEqualTo(uid);
  }
}
