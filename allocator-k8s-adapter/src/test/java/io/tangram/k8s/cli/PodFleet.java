package io.tangram.k8s.cli;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Fifty nodes and five hundred pods of one to three claims each, made from a seed: GPUs of two
 * sizes, NICs, CPU and memory are all too few for all of them.
 */
final class PodFleet {

  static final int NODES = 50;
  static final int PODS = 500;

  private static final List<String> PRIORITIES = List.of("low", "usual", "high");
  private static final List<String> TEMPLATES = List.of("gpu", "large-gpu", "two-gpus", "nic");
  private static final List<Integer> CPUS = List.of(1, 2, 4, 6);
  private static final List<Integer> MEMORY = List.of(4, 8, 16, 24);

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private PodFleet(long seed) {
    random = new Random(seed);
  }

  /** Returns the objects as JSON, one a line. */
  static String objects(long seed) {
    PodFleet fleet = new PodFleet(seed);
    fleet.classes();
    for (int i = 0; i < NODES; i++) {
      fleet.node(i);
    }
    for (int i = 0; i < PODS; i++) {
      fleet.pod(i);
    }
    return fleet.text.toString().replace('\'', '"');
  }

  private void add(String json, Object... values) {
    text.append(String.format(Locale.ROOT, json, values)).append('\n');
  }

  private void classes() {
    for (String kind : List.of("gpu", "nic")) {
      add(
          "{'apiVersion':'resource.k8s.io/v1','kind':'DeviceClass','metadata':{'name':'%1$s'},"
              + "'spec':{'selectors':[{'cel':{'expression':'device.driver == \\'%1$s.com\\''}}]}}",
          kind);
    }
    for (int i = 0; i < PRIORITIES.size(); i++) {
      add(
          "{'apiVersion':'scheduling.k8s.io/v1','kind':'PriorityClass','metadata':{'name':'%s'},"
              + "'value':%d}",
          PRIORITIES.get(i), i * 1_000);
    }
    template("gpu", "gpu", 1, "");
    template(
        "large-gpu",
        "gpu",
        1,
        ",'selectors':[{'cel':{'expression':'device.capacity[\\'gpu.com\\'].memory"
            + ".compareTo(quantity(\\'80Gi\\')) >= 0'}}]");
    template("two-gpus", "gpu", 2, "");
    template("nic", "nic", 1, "");
  }

  private void template(String name, String deviceClass, int count, String selectors) {
    add(
        "{'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaimTemplate','metadata':{'name':'%s',"
            + "'namespace':'ns'},'spec':{'spec':{'devices':{'requests':[{'name':'r','exactly':"
            + "{'deviceClassName':'%s','count':%d%s}}]}}}}",
        name, deviceClass, count, selectors);
  }

  private void node(int index) {
    String name = "n" + index;
    boolean tainted = index % 10 == 0;
    add(
        "{'apiVersion':'v1','kind':'Node','metadata':{'name':'%s','labels':{'zone':'z%d'}},"
            + "'spec':{%s},'status':{'allocatable':{'cpu':'%d','memory':'%dGi','pods':'110'}}}",
        name,
        index % 3,
        tainted ? "'taints':[{'key':'reserved','effect':'NoSchedule'}]" : "",
        index % 2 == 0 ? 16 : 24,
        index % 2 == 0 ? 96 : 64);
    StringBuilder gpus = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      gpus.append(i == 0 ? "" : ",")
          .append("{'name':'gpu-")
          .append(i)
          .append("','capacity':{'memory':{'value':'")
          .append(i < 2 ? 80 : 40)
          .append("Gi'}}}");
    }
    slice("gpu.com", name, gpus.toString());
    slice("nic.com", name, "{'name':'nic-0'},{'name':'nic-1'},{'name':'nic-2'}");
  }

  private void slice(String driver, String node, String devices) {
    add(
        "{'apiVersion':'resource.k8s.io/v1','kind':'ResourceSlice','metadata':{'name':'%1$s-%2$s'},"
            + "'spec':{'driver':'%1$s','nodeName':'%2$s','pool':{'name':'%2$s','generation':1,"
            + "'resourceSliceCount':1},'devices':[%3$s]}}",
        driver, node, devices);
  }

  private void pod(int index) {
    int claims = 1 + random.nextInt(3);
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < claims; i++) {
      // A pod has one claim of each kind at most, so that NICs and GPUs go together.
      String template = TEMPLATES.get((index + i * 3) % TEMPLATES.size());
      entries
          .append(i == 0 ? "" : ",")
          .append("{'name':'c")
          .append(i)
          .append("','resourceClaimTemplateName':'")
          .append(template)
          .append("'}");
    }
    int size = random.nextInt(CPUS.size());
    boolean zoned = random.nextInt(5) == 0;
    boolean tolerant = random.nextInt(4) == 0;
    add(
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p%1$d','namespace':'ns','uid':'u%1$d',"
            + "'creationTimestamp':'2025-01-01T00:%2$02d:%3$02dZ'},'spec':{'priorityClassName':"
            + "'%4$s','resourceClaims':[%5$s]%6$s%7$s,'containers':[{'name':'c','resources':"
            + "{'requests':{'cpu':'%8$d','memory':'%9$dGi'}}}]}}",
        index,
        index / 60,
        index % 60,
        PRIORITIES.get(random.nextInt(PRIORITIES.size())),
        entries,
        zoned ? ",'nodeSelector':{'zone':'z" + random.nextInt(3) + "'}" : "",
        tolerant ? ",'tolerations':[{'key':'reserved','operator':'Exists'}]" : "",
        CPUS.get(size),
        MEMORY.get(random.nextInt(MEMORY.size())));
  }
}
