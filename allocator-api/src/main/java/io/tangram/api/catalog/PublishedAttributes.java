package io.tangram.api.catalog;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.QualifiedName;
import java.util.TreeMap;

/**
 * Collects the attributes of a device in the order in which the API server writes them: by name. A
 * driver's own attributes go without domain.
 */
final class PublishedAttributes {

  /** The domain of attributes that all drivers share. */
  private static final String SHARED = "resource.kubernetes.io";

  private static final Interner<AttributeValue> VALUES = Interners.newWeakInterner();

  private final TreeMap<String, AttributeValue> attributes = new TreeMap<>();

  private PublishedAttributes() {}

  static PublishedAttributes builder() {
    return new PublishedAttributes();
  }

  PublishedAttributes put(String name, AttributeValue value) {
    attributes.put(name, VALUES.intern(value));
    return this;
  }

  PublishedAttributes text(String name, String value) {
    return put(name, new AttributeValue.StringValue(value));
  }

  PublishedAttributes version(String name, String value) {
    return put(name, new AttributeValue.VersionValue(value));
  }

  /** Puts what is known of the device's place. */
  PublishedAttributes put(PciSlot slot) {
    slot.busId().ifPresent(id -> text(SHARED + "/pciBusID", id));
    slot.root().ifPresent(root -> text(SHARED + "/pcieRoot", root));
    slot.numaNode().ifPresent(node -> put(SHARED + "/numaNode", new AttributeValue.IntValue(node)));
    return this;
  }

  ImmutableMap<QualifiedName, AttributeValue> build() {
    ImmutableMap.Builder<QualifiedName, AttributeValue> map =
        ImmutableMap.builderWithExpectedSize(attributes.size());
    attributes.forEach((name, value) -> map.put(QualifiedName.parse(name), value));
    return map.buildOrThrow();
  }
}
