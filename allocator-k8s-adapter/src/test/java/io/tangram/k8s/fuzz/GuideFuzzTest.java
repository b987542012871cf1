package io.tangram.k8s.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Mistakes in the files that guide an allocation: prices, expected claims, an earlier result. */
@PropertyDefaults(tries = 25)
class GuideFuzzTest {

  private static Path cluster = Path.of("cluster.yaml");

  @BeforeContainer
  static void writeCluster() throws IOException {
    cluster = Files.createTempFile("cluster", ".yaml");
    Files.write(cluster, Style.DOCUMENTS.write(Seeds.everyKind()));
  }

  @AfterContainer
  static void deleteCluster() throws IOException {
    Files.delete(cluster);
  }

  @Provide
  Arbitrary<byte[]> prices() {
    return Changes.texts(Changes.trees(List.of(Seeds.prices()), 0, 3), 0, 1);
  }

  @Provide
  Arbitrary<byte[]> expected() {
    return Changes.texts(Changes.trees(List.of(Seeds.wanted()), 0, 3), 0, 1);
  }

  @Provide
  Arbitrary<byte[]> results() {
    ArrayNode result = Seeds.objects(CommandLaws.allocate(cluster));
    return Changes.texts(Changes.trees(List.of(result), 0, 3), 0, 1);
  }

  @Property
  void pricesAreTakenOrRefused(@ForAll("prices") byte[] prices) {
    judge("cost", "--prices", prices);
  }

  @Property
  void expectedClaimsAreTakenOrRefused(@ForAll("expected") byte[] claims) {
    judge("fragmentation", "--expect", claims);
  }

  @Property
  void earlierResultsAreTakenOrRefused(@ForAll("results") byte[] result) {
    judge("stability", "--start", result);
  }

  private static void judge(String objective, String option, byte[] guide) {
    CommandLaws.isTakenOrRefused(
        CommandLaws.allocate(
            guide, "-f", cluster.toString(), "--objectives", objective, option, "-"));
  }
}
