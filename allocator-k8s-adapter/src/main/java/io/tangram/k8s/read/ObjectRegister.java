package io.tangram.k8s.read;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells objects from copies of others: identical ones count once, with a warning, different ones of
 * one kind and name are bad input.
 */
final class ObjectRegister {

  private final ReadWarnings warnings;
  private final Map<String, HashCode> fingerprints = new HashMap<>();

  ObjectRegister(ReadWarnings warnings) {
    this.warnings = warnings;
  }

  /**
   * Returns whether the object is none that was there before.
   *
   * @throws InputException if a different one of its kind and name was there before
   */
  boolean isNew(Metadata metadata) {
    HashCode fingerprint =
        Hashing.sha256()
            .hashString(CanonicalText.of(metadata.object().node()), StandardCharsets.UTF_8);
    HashCode earlier = fingerprints.putIfAbsent(metadata.object().label().object(), fingerprint);
    if (earlier == null) {
      return true;
    }
    if (!earlier.equals(fingerprint)) {
      throw twoOfOneName(metadata);
    }
    warnOfCopy(metadata);
    return false;
  }

  /** Returns the complaint about an object of which there is another that differs. */
  static InputException twoOfOneName(Metadata metadata) {
    return new InputException(
        metadata.object().label()
            + ": the input has another "
            + metadata.object().label().kind()
            + " of this name that differs. Leave one of them out.");
  }

  /** Warns of an object that is there again. */
  void warnOfCopy(Metadata metadata) {
    ObjectLabel label = metadata.object().label();
    warnings.count(
        "copy of " + label.kind(),
        times ->
            label
                + ": is there more than once; the copies are identical and count once"
                + (times == 1 ? "." : ", as do " + (times - 1) + " more of its kind."));
  }
}
