package io.tangram.k8s.read;

/**
 * What messages call an object.
 *
 * @param file the input it is from
 * @param kind its kind
 * @param namespace its namespace, empty where it has none
 * @param name its name
 * @param version the version that it was written in; for kinds of other groups the newest
 */
record ObjectLabel(
    String file, String kind, String namespace, String name, ResourceVersion version) {

  /** Returns what messages call a file that is one object of no kind. */
  static ObjectLabel ofFile(InputFile file) {
    return new ObjectLabel(file.name(), "", "", "", ResourceVersion.V1);
  }

  /** Returns {@code file: Kind namespace/name}. */
  @Override
  public String toString() {
    return kind.isEmpty() ? file : file + ": " + object();
  }

  /** Returns {@code Kind namespace/name}. */
  String object() {
    return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
