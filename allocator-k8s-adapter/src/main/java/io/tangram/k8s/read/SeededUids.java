package io.tangram.k8s.read;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.tangram.api.claim.ClaimId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Makes the uids and the random parts of names that an API server would have made: the same for the
 * same seed and object.
 */
public final class SeededUids {

  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_LENGTH = 5;

  private final long seed;

  /** Makes them from this seed. */
  public SeededUids(long seed) {
    this.seed = seed;
  }

  /** Returns the uid of a claim. */
  public String of(ClaimId claim) {
    return of("ResourceClaim", claim.namespace(), claim.name());
  }

  /** Returns the uid of an object, in the form of a random UUID (RFC 4122, version 4). */
  String of(String kind, String namespace, String name) {
    ByteBuffer bits = ByteBuffer.wrap(hash(kind, namespace, name).asBytes());
    long high = (bits.getLong() & ~0xF000L) | 0x4000L;
    long low = (bits.getLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low).toString();
  }

  /**
   * Returns the end of a generated name: five letters and digits that spell no word.
   *
   * @param of what the name is for
   */
  String suffix(String... of) {
    long bits = hash(of).asLong();
    StringBuilder suffix = new StringBuilder(SUFFIX_LENGTH);
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      suffix.append(ALPHABET.charAt((int) Long.remainderUnsigned(bits, ALPHABET.length())));
      bits = Long.divideUnsigned(bits, ALPHABET.length());
    }
    return suffix.toString();
  }

  private HashCode hash(String... parts) {
    Hasher hasher = Hashing.sha256().newHasher().putLong(seed);
    for (String part : parts) {
      hasher.putInt(part.length()).putString(part, StandardCharsets.UTF_8);
    }
    return hasher.hash();
  }
}
