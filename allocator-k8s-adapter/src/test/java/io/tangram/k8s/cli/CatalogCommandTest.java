package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.k8s.cli.CommandRun.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class CatalogCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Outcome catalog(String... args) {
    List<String> all = new ArrayList<>(List.of("catalog"));
    all.addAll(List.of(args));
    return new CommandRun().run(all.toArray(String[]::new));
  }

  private static JsonNode json(String... args) throws Exception {
    Outcome outcome = catalog(args);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return JSON.readTree(outcome.out());
  }

  @Test
  void listsAllThatThereIsWithoutAName() {
    Outcome outcome = catalog();

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains(
            "  A30-24GB            24               4              4         5       26  yes\n",
            "  8xH100-80GB    8 x NVIDIA H100 80GB HBM3  H100-80GB       8  HGX-H100\n",
            "  DGX-1V                  8 x V100 SXM2, hybrid cube mesh; also p3.16xlarge\n");
    for (GpuModel model : HardwareCatalog.standard().models()) {
      assertThat(outcome.out()).contains("\n  " + model.key() + " ");
    }
    assertThat(outcome.out()).contains("  no, confidence ");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void drawsProfilesAndLayoutsToScale() {
    Outcome outcome = catalog("A30-24GB");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains(
            """
              Profiles, what an instance has, and where it can lie over the memory slices:
              profile     id  compute     memory  SMs  copy  decode  encode  JPEG  OFA  at most  0  1  2  3
              1g.6gb      14        1   5.81 GiB   14     1       0       0     0    0        4  |==|==|==|==|
              1g.6gb+me   21        1   5.81 GiB   14     1       1       0     1    1        1  |==|==|==|==|
              2g.12gb      5        2  11.69 GiB   28     2       2       0     0    0        2  |=====|=====|
            """,
            """
              Layouts of 1g.6gb, 2g.12gb, 4g.24gb that leave no room: 5 of 26 legal ones; the others are parts of these.
              0      1      2      3         compute  memory
              |1g.6gb|1g.6gb|1g.6gb|1g.6gb|   4 of 4  4 of 4
              |1g.6gb|1g.6gb|2g.12gb      |   4 of 4  4 of 4
              |2g.12gb      |1g.6gb|1g.6gb|   4 of 4  4 of 4
              |2g.12gb      |2g.12gb      |   4 of 4  4 of 4
              |4g.24gb                    |   4 of 4  4 of 4
            """)
        .contains("  source: nvidia-smi mig -lgip and -lgipp transcripts on A30\n")
        .contains("  sources differ: 2g.12gb+me OFA: User Guide says 0");
  }

  @Test
  void drawsEveryLayoutIfAsked() {
    String all = catalog("H100-80GB", "--layouts", "all").out();
    String maximal = catalog("H100-80GB", "--layouts", "maximal").out();
    String none = catalog("H100-80GB", "--layouts", "none").out();

    assertThat(layouts(all)).isEqualTo(723);
    assertThat(layouts(maximal)).isEqualTo(78);
    assertThat(layouts(none)).isZero();
    assertThat(catalog("H100-80GB").out()).isEqualTo(maximal);
  }

  private static long layouts(String text) {
    return text.lines().filter(line -> line.matches(".* \\d of 7  \\d of 8")).count();
  }

  @Test
  void laysTheProfilesThatAreAskedFor() {
    Outcome outcome =
        catalog("H100-80GB", "--profiles", "1g.10gb+me,3g.40gb", "--layouts", "maximal");

    assertThat(outcome.out())
        .contains(
            """
              |3g.40gb                                    |1g.10gb+me|                                    4 of 7  5 of 8
            """)
        .contains("that leave no room: 8 of 18 legal ones");
  }

  @ParameterizedTest
  @ValueSource(strings = {"B200-180GB", "THOR-iGPU"})
  void warnsOfPlacementsThatNobodyVerified(String model) {
    Outcome outcome = catalog(model);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .startsWith("warning: GPU model " + model + " is not verified (confidence ")
        .hasLineCount(1);
    assertThat(outcome.out()).contains("NOT VERIFIED");
  }

  @Test
  void drawsNothingThatIsNotKnown() {
    assertThat(catalog("THOR-iGPU").out())
        .contains(
            "  Layouts of 1g.0gb, 2g.0gb, 3g.0gb are not known: no source says the placements.");
  }

  @Test
  void showsHowTheGpusOfAMachineAreJoined() {
    assertThat(catalog("h100-80gb").out())
        .contains("Machine 8xH100-80GB\n", "Topology HGX-H100\n", "Topology HGX-H100-4-numa\n")
        .contains("  NVLinks         18 between every two GPUs\n")
        .contains("  pci0000:80                1          GPU 7, NIC 7\n");
    assertThat(catalog("4xA100-PCIe-one-bridge").out())
        .contains(
            """
                     GPU 0  GPU 1  GPU 2  GPU 3
              GPU 0  X      NV12   SYS    SYS
              GPU 1  NV12   X      SYS    SYS
              GPU 2  SYS    SYS    X      NODE
              GPU 3  SYS    SYS    NODE   X
              NVn: n NVLinks; behind a slash, the way over PCIe
              NODE: between host bridges inside one NUMA node
              SYS: across the interconnect of the sockets
            """);
    assertThat(catalog("NVL72").out()).contains("  NVLink domain   72 GPUs of 18 nodes\n");
  }

  @Test
  void writesEverythingForPrograms() throws Exception {
    JsonNode all = json("-o", "json");

    assertThat(all.get("models")).hasSize(HardwareCatalog.standard().models().size());
    assertThat(all.get("machines")).hasSize(HardwareCatalog.standard().machines().size());
    assertThat(all.get("topologies")).hasSize(HardwareCatalog.standard().topologies().size());
    assertThat(all.get("models"))
        .allSatisfy(
            model -> {
              assertThat(model.has("warning")).isNotEqualTo(model.get("verified").asBoolean());
              assertThat(model.has("layouts")).isFalse();
              assertThat(model.get("sources")).isNotEmpty();
            });
  }

  @Test
  void writesOneModelForPrograms() throws Exception {
    JsonNode found = json("H100-80GB", "-o", "json");

    JsonNode profile = found.at("/models/0/profiles/2");
    assertThat(profile.get("name").asText()).isEqualTo("1g.20gb");
    assertThat(profile.at("/amounts/multiprocessors").asText()).isEqualTo("26");
    assertThat(profile.get("placements").toString())
        .isEqualTo(
            "[{\"start\":0,\"size\":2},{\"start\":2,\"size\":2},{\"start\":4,\"size\":2},"
                + "{\"start\":6,\"size\":2}]");
    assertThat(found.at("/models/0/layouts/extent").asText()).isEqualTo("maximal");
    assertThat(found.at("/models/0/layouts/list")).hasSize(78);
    assertThat(found.at("/models/0/layouts/list/77").toString())
        .isEqualTo("[{\"profile\":\"7g.80gb\",\"start\":0,\"size\":8}]");
    assertThat(found.at("/machines/0/gpus/4").toString())
        .isEqualTo("{\"pcieRoot\":\"pci0000:50\",\"numaNode\":1}");
    assertThat(found.at("/topologies/0/nvLinks")).hasSize(28);
    assertThat(found.at("/topologies/1/numaNodes").toString()).isEqualTo("[0,0,0,1,2,2,null,null]");
  }

  @Test
  void writesTheSameAsYaml() throws Exception {
    Object loaded =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(catalog("DGX-1V", "-o", "yaml").out());

    JsonNode tree = JSON.valueToTree(loaded);
    assertThat(tree).isEqualTo(json("DGX-1V", "-o", "json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "H100 | tangram catalog: 'H100' is no GPU model, machine or topology; did you mean H100-80GB,"
            + " H100-94GB, 8xH100-80GB, HGX-H100, HGX-H100-4-numa?",
        "abacus | tangram catalog: 'abacus' is no GPU model, machine or topology; tangram catalog lists"
            + " what there is.",
        "H100-80GB A30-24GB | tangram catalog: 'A30-24GB' is one argument too many. See tangram"
            + " catalog --help.",
        "H100-80GB -o xml | tangram catalog: -o: 'xml' must be one of"
            + " text, json, yaml. See tangram catalog --help.",
        "H100-80GB --layouts some | tangram catalog: --layouts: 'some'"
            + " must be one of maximal, all, none. See tangram catalog --help.",
        "A30-24GB --profiles 1g.6gb,7g.40gb | tangram catalog: --profiles: GPU model A30-24GB has no MIG"
            + " profile 7g.40gb; it has 1g.6gb, 1g.6gb+me, 2g.12gb, 2g.12gb+me, 4g.24gb.",
        "--profiles 1g.6gb | tangram catalog: --profiles: needs a GPU model, as in tangram catalog"
            + " H100-80GB.",
        "DGX-1 --profiles 1g.6gb | tangram catalog: --profiles: needs a GPU model, as in tangram catalog"
            + " H100-80GB.",
      })
  void refusesBadUsageInOneLine(String args, String line) {
    Outcome outcome = catalog(args.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).isEqualTo(line + System.lineSeparator());
    assertThat(outcome.out()).isEmpty();
  }
}
