package io.tangram.k8s.write;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.tangram.api.claim.ClaimId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Makes the uids that an API server would have made: the same for the same seed and object. */
final class SeededUids {

  private final long seed;

  SeededUids(long seed) {
    this.seed = seed;
  }

  /** Returns the uid of a claim, in the form of a random UUID (RFC 4122, version 4). */
  String of(ClaimId claim) {
    Hasher hasher = Hashing.sha256().newHasher().putLong(seed);
    for (String part : new String[] {"ResourceClaim", claim.namespace(), claim.name()}) {
      hasher.putInt(part.length()).putString(part, StandardCharsets.UTF_8);
    }
    ByteBuffer bits = ByteBuffer.wrap(hasher.hash().asBytes());
    long high = (bits.getLong() & ~0xF000L) | 0x4000L;
    long low = (bits.getLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low).toString();
  }
}
