package io.mlassets.model;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret bundles are signed with (HMAC-SHA256). Never printed. */
public final class BundleKey {
  private static final int MIN_LENGTH = 16;
  private final SecretKeySpec key;

  private BundleKey(byte[] secret) {
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** A key from its text (environment {@code BUNDLE_KEY}); at least 16 bytes. */
  public static BundleKey of(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "bundle key has %d bytes, needs at least %d".formatted(bytes.length, MIN_LENGTH));
    }
    return new BundleKey(bytes);
  }

  String sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  boolean verifies(String text, String signature) {
    return MessageDigest.isEqual(
        sign(text).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "BundleKey(secret)";
  }
}
