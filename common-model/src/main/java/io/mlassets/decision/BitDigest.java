package io.mlassets.decision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over values, each with all its bits. */
final class BitDigest {
  private final MessageDigest digest;
  private final ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);

  BitDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  BitDigest whole(long value) {
    digest.update(bytes.clear().putLong(value).flip());
    return this;
  }

  /** The bits of a number, all NaN alike: PostgreSQL knows one only. */
  BitDigest number(double value) {
    return whole(Double.doubleToLongBits(value));
  }

  BitDigest text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    digest.update(bytes.clear().putInt(encoded.length).flip());
    digest.update(encoded);
    return this;
  }

  /** Lower-case hex; the digest begins anew. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
