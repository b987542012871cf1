package io.tangram.solver.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.device.DeviceId;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Identities of shares (R136) that are the same in every run: a hash of the seed and of what the
 * share is, in the form of a random UUID.
 */
final class ShareIds {

  private static final long VERSION_4 = 0x4000L;
  private static final long VERSION_MASK = 0xF000L;
  private static final long VARIANT_RFC_4122 = 0x8000_0000_0000_0000L;
  private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;

  private ShareIds() {}

  /** Returns the identity of the share of a device that a request of a claim gets. */
  static UUID of(long seed, ClaimId claim, String request, DeviceId device) {
    Hasher hasher = Hashing.sha256().newHasher().putLong(seed);
    for (String part :
        new String[] {
          claim.namespace(), claim.name(), request, device.driver(), device.pool(), device.device()
        }) {
      hasher.putInt(part.length()).putString(part, UTF_8);
    }
    HashCode hash = hasher.hash();
    ByteBuffer bits = ByteBuffer.wrap(hash.asBytes());
    return new UUID(
        (bits.getLong() & ~VERSION_MASK) | VERSION_4,
        (bits.getLong() & ~VARIANT_MASK) | VARIANT_RFC_4122);
  }
}
