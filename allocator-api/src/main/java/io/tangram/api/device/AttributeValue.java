package io.tangram.api.device;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.Immutable;

/** The value of a device attribute: a scalar or a list of one of four types (R29). */
@Immutable
public sealed interface AttributeValue {

  /**
   * Four element types, and two of values that can't be read. A list of a type and a scalar of it
   * have the same type (R101).
   */
  enum Type {
    /** True or false. */
    BOOL,
    /** A signed 64-bit integer. */
    INT,
    /** Text of at most 64 bytes. */
    STRING,
    /** A semantic version 2.0.0. Constraints compare its text (R33). */
    VERSION,
    /** A list where lists are off: every selector fails on its device, as on {@link #UNKNOWN}. */
    UNREAD_LIST,
    /** A value this library doesn't know. No constraint and no selector accepts it (R31). */
    UNKNOWN
  }

  /** The type of the value or of its elements. */
  Type type();

  /**
   * One of the values that constraints compare. Elements of different types differ (R99).
   *
   * @param type the type
   * @param value a Boolean, Long or String
   */
  record Element(Type type, Object value) {

    private static ImmutableSet<Element> all(Type type, Iterable<?> values) {
      ImmutableSet.Builder<Element> elements = ImmutableSet.builder();
      values.forEach(value -> elements.add(new Element(type, value)));
      return elements.build();
    }
  }

  /**
   * The distinct elements, of which a match wants a common one: one for a scalar, in list order for
   * a list (R101).
   */
  ImmutableSet<Element> elements();

  /**
   * The elements of which no other device may have one under a distinction (R104, R105): {@link
   * #elements} of all values but {@link UnreadList}.
   */
  default ImmutableSet<Element> exclusiveElements() {
    return elements();
  }

  /** Whether the value is a list. */
  default boolean isList() {
    return false;
  }

  /** A boolean. */
  record BoolValue(boolean value) implements AttributeValue {
    @Override
    public Type type() {
      return Type.BOOL;
    }

    @Override
    public ImmutableSet<Element> elements() {
      return ImmutableSet.of(new Element(type(), value));
    }
  }

  /** A 64-bit integer. */
  record IntValue(long value) implements AttributeValue {
    @Override
    public Type type() {
      return Type.INT;
    }

    @Override
    public ImmutableSet<Element> elements() {
      return ImmutableSet.of(new Element(type(), value));
    }
  }

  /** A string. */
  record StringValue(String value) implements AttributeValue {
    @Override
    public Type type() {
      return Type.STRING;
    }

    @Override
    public ImmutableSet<Element> elements() {
      return ImmutableSet.of(new Element(type(), value));
    }
  }

  /** A semantic version, as text. */
  record VersionValue(String value) implements AttributeValue {
    @Override
    public Type type() {
      return Type.VERSION;
    }

    @Override
    public ImmutableSet<Element> elements() {
      return ImmutableSet.of(new Element(type(), value));
    }
  }

  /** A list of booleans. */
  record BoolList(ImmutableList<Boolean> values) implements AttributeValue {
    @Override
    public Type type() {
      return Type.BOOL;
    }

    @Override
    public ImmutableSet<Element> elements() {
      return Element.all(type(), values);
    }

    @Override
    public boolean isList() {
      return true;
    }
  }

  /** A list of 64-bit integers. */
  record IntList(ImmutableList<Long> values) implements AttributeValue {
    @Override
    public Type type() {
      return Type.INT;
    }

    @Override
    public ImmutableSet<Element> elements() {
      return Element.all(type(), values);
    }

    @Override
    public boolean isList() {
      return true;
    }
  }

  /** A list of strings. */
  record StringList(ImmutableList<String> values) implements AttributeValue {
    @Override
    public Type type() {
      return Type.STRING;
    }

    @Override
    public ImmutableSet<Element> elements() {
      return Element.all(type(), values);
    }

    @Override
    public boolean isList() {
      return true;
    }
  }

  /** A list of semantic versions, as texts. */
  record VersionList(ImmutableList<String> values) implements AttributeValue {
    @Override
    public Type type() {
      return Type.VERSION;
    }

    @Override
    public ImmutableSet<Element> elements() {
      return Element.all(type(), values);
    }

    @Override
    public boolean isList() {
      return true;
    }
  }

  /**
   * A list where lists are off (R100, R104). It has nothing in common with any other value, not
   * even with an equal list, so a match takes its device only alone. A distinction takes at most
   * one such device.
   *
   * @param owner tells the value from all others
   */
  record UnreadList(String owner) implements AttributeValue {
    @Override
    public Type type() {
      return Type.UNREAD_LIST;
    }

    @Override
    public ImmutableSet<Element> elements() {
      return ImmutableSet.of(new Element(type(), owner));
    }

    @Override
    public ImmutableSet<Element> exclusiveElements() {
      return ImmutableSet.of(new Element(type(), ""));
    }

    @Override
    public boolean isList() {
      return true;
    }
  }

  /** An attribute with no known value set. Every selector fails on its device (R31). */
  record UnknownValue() implements AttributeValue {
    @Override
    public Type type() {
      return Type.UNKNOWN;
    }

    @Override
    public ImmutableSet<Element> elements() {
      return ImmutableSet.of();
    }
  }
}
