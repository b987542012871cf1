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
        "Kubernetes objects: a file, a folder (all of it that ends in .yaml, .yml, .json or .ndjson,"
            + " sorted), or - for standard input. Repeatable.",
        "YAML of any number of documents, JSON objects one behind the other, Lists; gzip or not."
            + " Nodes, Namespaces, ResourceSlices, DeviceClasses and ResourceClaims"
            + " (resource.k8s.io/v1) are read, in any order."
      })
  private List<String> names = new ArrayList<>();

  /** Returns what the user named, as it was named. */
  List<String> names() {
    return names;
  }

  /** Returns the files. */
  List<InputFile> files(InputStream standardInput) {
    return InputFiles.find(names, standardInput);
  }
}
