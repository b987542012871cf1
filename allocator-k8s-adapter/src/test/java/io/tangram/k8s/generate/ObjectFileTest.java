package io.tangram.k8s.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.k8s.tree.ObjectText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectFileTest {

  private final SampleCluster cluster = SampleClusters.gpusAndNics(1, 2, 1, 0, 0);

  @TempDir private Path folder;

  @Test
  void writesYamlDocumentsBehindAComment() throws IOException {
    Path file = folder.resolve("objects.yaml");

    ObjectFile.write(file, "One line.\n\nAnother.\n", cluster.objects());

    assertThat(Files.readString(file))
        .startsWith("# One line.\n#\n# Another.\n---\napiVersion: resource.k8s.io/v1\n");
    assertThat(read(file)).isEqualTo(texts());
  }

  @Test
  void writesOneJsonObjectALineCompressedIfAsked() throws IOException {
    Path file = folder.resolve("objects.json.gz");

    ObjectFile.write(file, "", cluster.objects());

    assertThat(read(file)).isEqualTo(texts());
  }

  @Test
  void refusesOtherFormats() {
    Path file = folder.resolve("objects.xml");

    assertThatThrownBy(() -> ObjectFile.write(file, "", Stream.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Objects can't be written to " + file + "; end its name in .yaml or .json, and .gz.");
    assertThat(file).doesNotExist();
  }

  private List<String> texts() {
    return cluster.objects().map(ObjectNode::toString).toList();
  }

  private static List<String> read(Path file) throws IOException {
    List<String> objects = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      ObjectText.read(in, (object, line) -> objects.add(object.toString()));
    }
    return objects;
  }
}
