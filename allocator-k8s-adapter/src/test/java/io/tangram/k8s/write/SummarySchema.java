package io.tangram.k8s.write;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Holds texts to the JSON schema of the summary. */
public final class SummarySchema {

  private static final SpecificationVersion DRAFT = SpecificationVersion.DRAFT_2020_12;
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(DRAFT);

  private SummarySchema() {}

  /** Returns what is wrong with the summary; nothing if it is as the schema says. */
  public static List<String> complaints(String json) throws IOException {
    return complaints(SCHEMAS.getSchema(text()), json);
  }

  /** Returns what is wrong with the schema itself. */
  static List<String> ownComplaints() throws IOException {
    return complaints(SCHEMAS.getSchema(SchemaLocation.of(DRAFT.getDialectId())), text());
  }

  private static List<String> complaints(Schema schema, String json) {
    return schema.validate(json, InputFormat.JSON).stream().map(Error::toString).toList();
  }

  private static String text() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SummaryWriter.class.getResourceAsStream("summary.schema.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
