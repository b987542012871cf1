package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineModel;
import io.tangram.k8s.read.InputFile;
import io.tangram.k8s.read.InputFiles;
import io.tangram.k8s.read.NodeListing;
import io.tangram.k8s.read.TopologyListing;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says how the GPUs of nodes are joined. */
final class TopologyOption {

  private static final String NAME = "--topology";

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description = {
        "How the GPUs of nodes are joined: the matrix that nvidia-smi topo writes on one of them,"
            + " with its option m; for claims with annotation tangram.io/links, and for bandwidth."
            + " Without it, by the hardware catalogue and the attributes of devices. Repeatable; of"
            + " several for a node the first one counts.",
        "  FILE            for all nodes",
        "  MODEL=FILE      for a machine of tangram catalog, such as 8xA100-80GB",
        "  KEY=VALUE=FILE  for nodes with this label",
        "GPUs of the listing are those of the node in the order of their PCI addresses"
            + " (resource.kubernetes.io/pciBusID)."
      })
  private List<String> words = new ArrayList<>();

  /** A word of the command line, parted. */
  private record Named(ImmutableMap<String, String> labels, Optional<String> model, String file) {}

  /** Whether the option is there. */
  boolean isGiven() {
    return !words.isEmpty();
  }

  /**
   * Returns the files.
   *
   * @throws UsageException if it can't be told for which nodes a file is
   * @throws io.tangram.k8s.read.InputException if a file is not there
   */
  ImmutableList<InputFile> files(InputStream standardInput) {
    return words.stream()
        .map(word -> file(part(word), standardInput))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Reads the listings.
   *
   * @throws UsageException if it can't be told for which nodes one is
   * @throws io.tangram.k8s.read.InputException if a file is not there or is no listing
   */
  ImmutableList<NodeListing> listings(InputStream standardInput) {
    ImmutableList.Builder<NodeListing> listings = ImmutableList.builder();
    for (String word : words) {
      Named named = part(word);
      InputFile file = file(named, standardInput);
      listings.add(
          new NodeListing(file.name(), named.labels(), named.model(), TopologyListing.read(file)));
    }
    return listings.build();
  }

  private static InputFile file(Named named, InputStream standardInput) {
    if (named.file().equals(InputFiles.STANDARD_INPUT)) {
      throw new UsageException(NAME + ": can't read standard input; name a file.");
    }
    List<InputFile> files = InputFiles.find(NAME, List.of(named.file()), standardInput);
    if (files.size() != 1) {
      throw new UsageException(
          NAME + ": " + named.file() + " is a folder with " + files.size() + " files; name one.");
    }
    return files.get(0);
  }

  private static Named part(String word) {
    int first = word.indexOf('=');
    if (first < 0 || Files.exists(Path.of(word))) {
      return new Named(ImmutableMap.of(), Optional.empty(), word);
    }
    String head = word.substring(0, first);
    String rest = word.substring(first + 1);
    Optional<String> model =
        HardwareCatalog.standard().machines().stream()
            .map(MachineModel::name)
            .filter(head::equalsIgnoreCase)
            .findFirst();
    if (model.isPresent()) {
      return new Named(ImmutableMap.of(), model, rest);
    }
    int second = rest.indexOf('=');
    if (second < 0) {
      throw new UsageException(
          NAME
              + ": '"
              + word
              + "' is no file, and '"
              + head
              + "' no machine of tangram catalog; write FILE, MODEL=FILE or, for nodes with a label,"
              + " KEY=VALUE=FILE.");
    }
    return new Named(
        ImmutableMap.of(head, rest.substring(0, second)),
        Optional.empty(),
        rest.substring(second + 1));
  }
}
