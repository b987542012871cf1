package io.tangram.k8s.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.tangram.api.catalog.PciePath;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TopologyListingPropertiesTest {

  /** How a listing is written down. */
  record Style(String gap, boolean escapes, boolean prompt, boolean legend, boolean numaColumn) {}

  @Property
  void whatIsWrittenIsRead(
      @ForAll("listings") TopologyListing listing, @ForAll("styles") Style style) {
    TopologyListing read = read(written(listing, style));

    assertThat(read.links()).isEqualTo(listing.links());
    if (style.numaColumn) {
      assertThat(read).isEqualTo(listing);
    }
  }

  /** Whatever becomes of a listing, it is read, or refused in one line that names the file. */
  @Property
  void whatIsChangedIsReadOrRefused(
      @ForAll("listings") TopologyListing listing,
      @ForAll("styles") Style style,
      @ForAll("changes") List<Change> changes) {
    String text = written(listing, style);
    for (Change change : changes) {
      text = change.in(text);
    }
    String changed = text;

    assertThatCode(() -> read(changed))
        .satisfiesAnyOf(
            thrown -> assertThat(thrown).isNull(),
            thrown ->
                assertThat(thrown)
                    .isInstanceOf(InputException.class)
                    .message()
                    .startsWith("topo.txt: ")
                    .endsWith(".")
                    .doesNotContain("\n"));
  }

  private static TopologyListing read(String text) {
    return TopologyListing.read(Reading.file("topo.txt", text));
  }

  /**
   * A change of a text.
   *
   * @param at where, as a share of the text in thousandths
   * @param taken how many characters are taken out
   * @param put what is put in
   */
  record Change(int at, int taken, String put) {
    String in(String text) {
      int from = text.length() * at / 1_000;
      return text.substring(0, from) + put + text.substring(Math.min(text.length(), from + taken));
    }
  }

  private static String written(TopologyListing listing, Style style) {
    List<String> heads = new ArrayList<>(List.of("CPU Affinity"));
    if (style.numaColumn) {
      heads.addAll(List.of("NUMA Affinity", "GPU NUMA ID"));
    }
    List<String> lines = new ArrayList<>();
    if (style.prompt) {
      lines.add("$ nvidia-smi topo -m");
    }
    List<String> names = listing.links().devices();
    String header = style.gap + joined(style, Stream.concat(names.stream(), heads.stream()));
    lines.add(style.escapes ? "\u001B[4m" + header + "\u001B[0m" : header);
    for (ListedDevice device : listing.devices()) {
      Stream<String> cells = names.stream().map(other -> cell(listing, device.name(), other));
      Stream<String> others =
          device.isGpu()
              ? Stream.of("0-15,32-47", numaNodes(device), "N/A").limit(heads.size())
              : Stream.empty();
      lines.add(
          joined(style, Stream.of(Stream.of(device.name()), cells, others).flatMap(each -> each)));
    }
    if (style.legend) {
      lines.addAll(List.of("", "Legend:", "", "  X    = Self", "  NV#  = # NVLinks"));
    }
    lines.addAll(List.of("", "NIC Legend:", ""));
    for (ListedDevice device : listing.devices()) {
      device.interfaceName().ifPresent(name -> lines.add("  " + device.name() + ": " + name));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String joined(Style style, Stream<String> words) {
    return words.collect(Collectors.joining(style.gap));
  }

  private static String cell(TopologyListing listing, String one, String other) {
    if (one.equals(other)) {
      return " X ";
    }
    Link link = listing.links().link(one, other);
    return link.kind() == LinkKind.NVLINK
        ? "NV" + link.nvLinks().orElseThrow()
        : link.kind().name();
  }

  private static String numaNodes(ListedDevice device) {
    return device.numaNodes().isEmpty()
        ? "N/A"
        : device.numaNodes().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  @Provide
  Arbitrary<Style> styles() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return Combinators.combine(
            Arbitraries.of("\t", "\t\t", "   ", " \t "), either, either, either, either)
        .as(Style::new);
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<String> words =
        Arbitraries.oneOf(
            Arbitraries.of(
                "X",
                "NV3",
                "NV0",
                "PIX",
                "\n",
                "\t",
                "GPU1",
                "GPU NUMA ID",
                "NIC Legend:",
                "N/A",
                "0-9",
                "\u00A0",
                "\uFEFF",
                "\u001B[",
                "NIC0: "),
            Arbitraries.strings().ofMaxLength(3));
    return Combinators.combine(
            Arbitraries.integers().between(0, 1_000), Arbitraries.integers().between(0, 12), words)
        .as(Change::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<TopologyListing> listings() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("NIC", "mlx5_", "mlx5_bond_", "irdma", "bnxt_re", "rocep0s"))
        .flatAs(
            (gpus, nics, style) ->
                listings(Stream.concat(numbered("GPU", gpus), numbered(style, nics)).toList()));
  }

  private static Stream<String> numbered(String style, int count) {
    return IntStream.range(0, count).mapToObj(number -> style + number);
  }

  private static Arbitrary<TopologyListing> listings(List<String> names) {
    Arbitrary<Link> paths =
        Arbitraries.of(Arrays.stream(PciePath.values()).map(Link::ofPath).toList())
            .map(link -> link.withNvLinks(0));
    Arbitrary<Link> nvLinks = Arbitraries.integers().between(1, 18).map(Link::ofNvLinks);
    Arbitrary<LinkGraph<String>> graphs =
        Arbitraries.oneOf(paths, nvLinks)
            .list()
            .ofSize(names.size() * names.size())
            .map(
                links ->
                    LinkGraph.among(
                        names,
                        (one, other) ->
                            links.get(names.indexOf(one) * names.size() + names.indexOf(other))));
    Arbitrary<List<ImmutableSortedSet<Integer>>> numaNodes =
        Arbitraries.integers()
            .between(0, 7)
            .set()
            .ofMaxSize(3)
            .map(ImmutableSortedSet::copyOf)
            .list()
            .ofSize(names.size());
    return Combinators.combine(graphs, numaNodes, Arbitraries.of(true, false))
        .as(
            (links, nodes, named) ->
                new TopologyListing(
                    IntStream.range(0, names.size())
                        .mapToObj(i -> device(names.get(i), nodes.get(i), named))
                        .collect(ImmutableList.toImmutableList()),
                    links));
  }

  private static ListedDevice device(
      String name, ImmutableSortedSet<Integer> numaNodes, boolean named) {
    return name.startsWith("GPU")
        ? new ListedDevice(name, Optional.empty(), numaNodes)
        : new ListedDevice(
            name, Optional.of("if_" + name).filter(each -> named), ImmutableSortedSet.of());
  }
}
