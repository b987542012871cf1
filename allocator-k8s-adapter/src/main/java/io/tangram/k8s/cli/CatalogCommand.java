package io.tangram.k8s.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.k8s.catalog.CatalogSelection;
import io.tangram.k8s.catalog.CatalogText;
import io.tangram.k8s.catalog.CatalogTree;
import io.tangram.k8s.catalog.LayoutChoice;
import io.tangram.k8s.read.NearNames;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.YamlEmitter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tangram catalog}. */
@Command(
    name = "catalog",
    sortOptions = false,
    header = "Shows GPU models, their partitions and layouts, machines and topologies.",
    description = {
      "",
      "Without a name: a line for each. With one: all that is known of it, with sources. A GPU model"
          + " comes with its MIG profiles, where they can lie, the legal layouts drawn over the"
          + " memory slices, the machines that have it and how their GPUs are joined. What no source"
          + " says is shown as ?, never guessed; placements that nobody has verified bring a"
          + " warning.",
      ""
    },
    parameterListHeading = "Parameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:bad usage, such as an unknown name", "70:internal error"},
    footer = {
      "",
      "Examples:",
      "  tangram catalog",
      "  tangram catalog H100-80GB",
      "  tangram catalog H100-80GB --layouts all --profiles 1g.10gb,3g.40gb",
      "  tangram catalog DGX-1V",
      "  tangram catalog -o json | jq '.models[] | select(.verified) | .key'"
    })
final class CatalogCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      completionCandidates = CatalogWords.Names.class,
      description =
          "A GPU model by key, alias or product name, a machine or a topology, in letters of either"
              + " case.")
  private @Nullable String name;

  @Option(
      names = "--layouts",
      paramLabel = "WHICH",
      defaultValue = "maximal",
      converter = CatalogWords.ExtentWord.class,
      completionCandidates = CatalogWords.Extents.class,
      description = {
        "Which legal layouts of one GPU to show.",
        "maximal: those that leave no room; the others are parts of them (default).",
        "all: every one.",
        "none: none."
      })
  private LayoutChoice.Extent extent = LayoutChoice.Extent.MAXIMAL;

  @Option(
      names = "--profiles",
      paramLabel = "LIST",
      split = ",",
      hideParamSyntax = true,
      description = "Lay these MIG profiles, named with commas between (default: the plain ones).")
  private List<String> profiles = ImmutableList.of();

  @Option(
      names = "-o",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = CatalogWords.FormatWord.class,
      completionCandidates = CatalogWords.Formats.class,
      description = "text, json or yaml (default: ${DEFAULT-VALUE}).")
  private CatalogWords.Format format = CatalogWords.Format.TEXT;

  CatalogCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    surroundings.out().requireOpen();
    HardwareCatalog catalog = HardwareCatalog.standard();
    CatalogSelection selection =
        name == null ? CatalogSelection.all(catalog) : selection(catalog, name);
    if (!profiles.isEmpty() && (name == null || selection.models().isEmpty())) {
      throw new UsageException("--profiles: needs a GPU model, as in tangram catalog H100-80GB.");
    }
    LayoutChoice layouts =
        name == null ? LayoutChoice.NONE : new LayoutChoice(extent, ImmutableList.copyOf(profiles));
    warn(selection);
    Writer out = new OutputStreamWriter(surroundings.out(), StandardCharsets.UTF_8);
    try {
      write(selection, layouts, out);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--profiles: " + e.getMessage());
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static CatalogSelection selection(HardwareCatalog catalog, String name) {
    return CatalogSelection.named(catalog, name)
        .orElseThrow(
            () ->
                new UsageException(
                    "'"
                        + name
                        + "' is no GPU model, machine or topology; "
                        + NearNames.question(
                            name, CatalogWords.names(), "tangram catalog lists what there is.")));
  }

  /** The list of all models has a column for what is verified. */
  private void warn(CatalogSelection selection) {
    if (name != null) {
      selection.models().stream()
          .flatMap(model -> model.warning().stream())
          .forEach(surroundings::warn);
    }
  }

  private void write(CatalogSelection selection, LayoutChoice layouts, Writer out)
      throws IOException {
    if (format == CatalogWords.Format.TEXT) {
      List<String> lines =
          name == null ? CatalogText.overview(selection) : CatalogText.details(selection, layouts);
      for (String line : lines) {
        out.append(line).append('\n');
      }
      return;
    }
    ObjectNode tree = CatalogTree.of(selection, layouts);
    if (format == CatalogWords.Format.JSON) {
      JsonEmitter.pretty(tree, "", out);
      out.append('\n');
    } else {
      new YamlEmitter(out).document(tree);
    }
  }
}
