package io.tangram.k8s.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.k8s.tree.ObjectText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectFormatTest {

  private static String written(ObjectFormat format, List<ObjectNode> objects) throws IOException {
    StringWriter out = new StringWriter();
    format.write("A comment.", objects.iterator(), out);
    return out.toString();
  }

  @ParameterizedTest
  @EnumSource
  void objectsAreReadBackAsTheyWere(ObjectFormat format) throws IOException {
    List<ObjectNode> objects =
        SampleCluster.builder()
            .from(SampleClusters.gpusAndNics(1, 2, 1, 0, 0))
            .unhealthy(0.5)
            .build()
            .objects()
            .toList();

    List<String> read = new ArrayList<>();
    ObjectText.read(
        new ByteArrayInputStream(written(format, objects).getBytes(StandardCharsets.UTF_8)),
        (object, line) -> read.add(object.toString()));

    assertThat(read).isEqualTo(objects.stream().map(ObjectNode::toString).toList());
  }

  @Test
  void listsAreJsonWhateverTheyHold() throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("kind", "X");
    ObjectMapper json = new ObjectMapper();

    assertThat(json.readTree(written(ObjectFormat.JSON, List.of())).get("items")).isEmpty();
    assertThat(json.readTree(written(ObjectFormat.JSON, List.of(object, object))).get("items"))
        .containsExactly(object, object);
  }

  @Test
  void onlyYamlCarriesTheComment() throws IOException {
    assertThat(written(ObjectFormat.YAML, List.of())).isEqualTo("# A comment.\n");
    assertThat(written(ObjectFormat.NDJSON, List.of())).isEmpty();
  }
}
