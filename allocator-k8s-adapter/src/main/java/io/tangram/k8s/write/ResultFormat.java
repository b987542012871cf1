package io.tangram.k8s.write;

/** How a result is written. */
public enum ResultFormat {
  /** A {@code List} in YAML. */
  YAML,
  /** A {@code List} in JSON. */
  JSON,
  /** One object of JSON a line. */
  NDJSON,
  /** Not at all. */
  NONE;

  /** The name on the command line and the extension of a file. */
  public String label() {
    return switch (this) {
      case YAML -> "yaml";
      case JSON -> "json";
      case NDJSON -> "ndjson";
      case NONE -> "none";
    };
  }

  @Override
  public String toString() {
    return label();
  }
}
