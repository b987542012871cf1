package io.tangram.k8s.cli;

import io.tangram.k8s.read.InputFile;
import io.tangram.k8s.read.InputFiles;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names the input. */
final class InputOption {

  @Option(
      names = "-f",
      paramLabel = "FILE",
      required = true,
      description = {
        "Kubernetes objects: a file, a folder (all that ends in .yaml, .yml, .json or .ndjson, with"
            + " .gz or without), or - for standard input. Repeatable: all of it is one cluster.",
        "YAML or JSON, objects or Lists, gzip or not, in any order. Nodes, Namespaces, Pods,"
            + " PriorityClasses, PodGroups and, of resource.k8s.io (v1, v1beta2 or v1beta1),"
            + " ResourceSlices, DeviceClasses, DeviceTaintRules, ResourceClaims and"
            + " ResourceClaimTemplates are read."
      })
  private List<String> names = new ArrayList<>();

  /** Returns what the user named, as it was named. */
  List<String> names() {
    return names;
  }

  /** Returns the files. */
  List<InputFile> files(InputStream standardInput) {
    return InputFiles.find("-f", names, standardInput);
  }
}
