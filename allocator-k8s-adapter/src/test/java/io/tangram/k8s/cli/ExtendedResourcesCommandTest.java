package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import io.tangram.k8s.write.SummarySchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that ask for extended resources: two GPUs as devices of n1, one by a plugin on n2. */
class ExtendedResourcesCommandTest {

  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      status: {allocatable: {cpu: 4, pods: 9}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: n2}
      status: {allocatable: {cpu: 4, pods: 9, a.com/gpu: 1}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: gpu}
      spec: {extendedResourceName: a.com/gpu}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: n1}
      spec:
        driver: gpu.example.com
        nodeName: n1
        pool: {name: n1, generation: 1, resourceSliceCount: 1}
        devices: [{name: gpu-0}, {name: gpu-1}]
      """;

  private static String pod(String name, int... gpus) {
    StringBuilder containers = new StringBuilder();
    for (int i = 0; i < gpus.length; i++) {
      containers
          .append("{name: c" + i + ", resources: {limits: {cpu: 1, a.com/gpu: ")
          .append(gpus[i])
          .append("}}}, ");
    }
    return """
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: ns, uid: u-%s}
    spec: {containers: [%s]}
    """
        .formatted(name, name, containers);
  }

  private static Outcome allocate(String objects, String... options) {
    String[] args = new String[options.length + 7];
    System.arraycopy(
        new String[] {"allocate", "-f", "-", "-o", "ndjson", "--now", "2026-01-31T12:00:00Z"},
        0,
        args,
        0,
        7);
    System.arraycopy(options, 0, args, 7, options.length);
    return new CommandRun().in(objects).run(args);
  }

  private static String withoutRandom(String text) {
    return text.replaceAll("resources-[a-z0-9]{5}", "resources-XXXXX")
        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "UID")
        .replace('"', '\'');
  }

  @Test
  void writesTheClaimThatKubeSchedulerWouldMake() {
    Outcome outcome = allocate(CLUSTER + pod("p", 1, 1), "--with-pods");

    assertThat(withoutRandom(outcome.out()))
        .isEqualTo(
            "{'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim','metadata':{'name':"
                + "'p-extended-resources-XXXXX','generateName':'p-extended-resources-','namespace':"
                + "'ns','uid':'UID','annotations':{'resource.kubernetes.io/extended-resource-claim':"
                + "'true'},'ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'p','uid':'u-p',"
                + "'controller':true}],'creationTimestamp':'2026-01-31T12:00:00Z','finalizers':"
                + "['resource.kubernetes.io/delete-protection']},'spec':{'devices':{'requests':"
                + "[{'name':'container-0-request-0','exactly':{'deviceClassName':'gpu',"
                + "'allocationMode':'ExactCount','count':1}},{'name':'container-1-request-0','exactly':"
                + "{'deviceClassName':'gpu','allocationMode':'ExactCount','count':1}}]}},'status':"
                + "{'allocation':{'devices':{'results':[{'request':'container-0-request-0','driver':"
                + "'gpu.example.com','pool':'n1','device':'gpu-0'},{'request':'container-1-request-0',"
                + "'driver':'gpu.example.com','pool':'n1','device':'gpu-1'}]},'nodeSelector':"
                + "{'nodeSelectorTerms':[{'matchFields':[{'key':'metadata.name','operator':'In',"
                + "'values':['n1']}]}]},'allocationTimestamp':'2026-01-31T12:00:00Z'},'reservedFor':[{'resource':'pods','name':'p','uid':'u-p'}]}}\n"
                + "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','namespace':'ns','uid':'u-p'},"
                + "'spec':{'containers':[{'name':'c0','resources':{'limits':{'cpu':1,'a.com/gpu':1}}},"
                + "{'name':'c1','resources':{'limits':{'cpu':1,'a.com/gpu':1}}}],'nodeName':'n1'},"
                + "'status':{'conditions':[{'lastProbeTime':null,'lastTransitionTime':"
                + "'2026-01-31T12:00:00Z','status':'True','type':'PodScheduled'}],"
                + "'extendedResourceClaimStatus':{'requestMappings':[{'containerName':'c0',"
                + "'resourceName':'a.com/gpu','requestName':'container-0-request-0'},"
                + "{'containerName':'c1','resourceName':'a.com/gpu','requestName':'container-1-request-0'}],'resourceClaimName':'p-extended-resources-XXXXX'}}}\n");
    assertThat(outcome.err()).startsWith("1 of 1 claims allocated, 1 of 1 pods placed, ");
  }

  @Test
  void makesNoClaimForAPodThatGetsWhatAPluginOffers() {
    String withoutDevices = CLUSTER.substring(0, CLUSTER.lastIndexOf("---"));

    Outcome outcome = allocate(withoutDevices + pod("p", 1), "--with-pods");

    assertThat(outcome.out())
        .hasLineCount(1)
        .contains("\"kind\":\"Pod\"", "\"nodeName\":\"n2\"")
        .doesNotContain("extendedResourceClaimStatus");
    assertThat(outcome.err()).contains("1 of 1 claims allocated, 1 of 1 pods placed, ");
  }

  @Test
  void leavesTaintedDevicesAlone() {
    String tainted =
        CLUSTER.replace("{name: gpu-0}", "{name: gpu-0, taints: [{key: k, effect: NoSchedule}]}");

    Outcome outcome = allocate(tainted + pod("p", 1));

    assertThat(outcome.out()).contains("\"device\":\"gpu-1\"").doesNotContain("gpu-0");
  }

  @Test
  void fillsBothKindsOfNodes() throws IOException {
    Outcome outcome =
        allocate(CLUSTER + pod("p", 1) + pod("q", 1) + pod("r", 1) + pod("s", 1), "--summary", "-");

    assertThat(outcome.out()).hasLineCount(2);
    String summary = outcome.err().substring(outcome.err().indexOf('{'));
    assertThat(SummarySchema.complaints(summary)).isEmpty();
    assertThat(summary.replaceAll("\\s+", " "))
        .contains(
            "\"pods\": { \"pending\": 4, \"placed\": 3, \"skipped\": 0 }",
            "\"claims\": { \"held\": 0, \"pending\": 4, \"allocated\": 3, \"unallocated\": 1 }",
            "\"unplaced\": [ { \"pod\": \"ns/s\", \"reason\": \"OUTRANKED\", ");
  }

  @Test
  void tellsOfPodsRatherThanOfClaimsThatNobodyWrote() {
    Outcome outcome =
        new CommandRun()
            .terminal()
            .in(CLUSTER + pod("p", 3))
            .run("allocate", "-f", "-", "-o", "none");

    assertThat(outcome.err())
        .contains("such as pod ns/p: ", "takes 3 of a.com/gpu")
        .doesNotContain("extended-resources");
  }

  @Test
  void leavesOutWhatOnlyDevicesCouldBeWhileTheyAreOff() {
    String withoutPlugin = CLUSTER.replace(", a.com/gpu: 1", "");

    Outcome outcome =
        allocate(
            withoutPlugin + pod("p", 1),
            "--feature-gates",
            "DRAExtendedResource=false",
            "--require-all");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(
            "pod ns/p stays out: FEATURE_OFF: no node lists a.com/gpu, and devices of class gpu"
                + " stand for it only while feature gate DRAExtendedResource is on (R214, R216);"
                + " --feature-gates DRAExtendedResource=true turns it on")
        .contains("0 of 0 claims allocated, 0 of 1 pods placed, ")
        .contains("; pods left out: 1 FEATURE_OFF");
  }

  @Test
  void skipsPodsThatPluginsServeWhileDevicesAreOff() {
    Outcome outcome =
        allocate(CLUSTER + pod("p", 1), "--feature-gates", "DRAExtendedResource=false");

    assertThat(outcome.err())
        .contains("0 of 0 pods placed, 1 without devices skipped, ")
        .doesNotContain("DRAExtendedResource is on", "left out");
  }

  @Test
  void verifiesWhatItWrote(@TempDir Path folder) throws IOException {
    String objects = CLUSTER + pod("p", 1, 1) + pod("q", 1);
    Path result = folder.resolve("result.yaml");
    Files.writeString(result, allocate(objects, "--with-pods").out());

    Outcome outcome =
        new CommandRun().in(objects).run("verify", "-f", "-", "--result", result.toString());

    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo("1 allocation checked: 0 violations, 0 warnings of drift\n");
    assertThat(outcome.exitCode()).isZero();
  }
}
