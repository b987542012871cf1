package io.tangram.k8s.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.tangram.api.device.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What CEL calls the types of values, for messages. */
final class TypeNames {

  private TypeNames() {}

  static String of(Object value) {
    if (value instanceof Boolean) {
      return "bool";
    } else if (value instanceof Long) {
      return "int";
    } else if (value instanceof UnsignedLong) {
      return "uint";
    } else if (value instanceof Double) {
      return "double";
    } else if (value instanceof String) {
      return "string";
    } else if (value instanceof CelByteString) {
      return "bytes";
    } else if (value instanceof List) {
      return "list";
    } else if (value instanceof Map) {
      return "map";
    } else if (value instanceof Quantity) {
      return "kubernetes.Quantity";
    } else if (value instanceof SemanticVersion) {
      return "kubernetes.Semver";
    } else if (value instanceof NamedValue named) {
      return named.typeName();
    } else if (value instanceof Optional) {
      return "optional_type";
    } else if (value instanceof NullValue) {
      return "null_type";
    } else if (value instanceof Instant) {
      return "google.protobuf.Timestamp";
    } else if (value instanceof Duration) {
      return "google.protobuf.Duration";
    } else if (value instanceof CelType) {
      return "type";
    }
    return value.getClass().getSimpleName();
  }
}
