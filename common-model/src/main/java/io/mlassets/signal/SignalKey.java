package io.mlassets.signal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret shared with Expert Advisors (environment {@code SIGNAL_KEY}). A sealed document is one
 * JSON object whose last member {@code mac} is the lower-case hex HMAC-SHA256 (RFC 2104) over the
 * exact bytes before {@code ,"mac":"}. Never printed.
 */
public final class SignalKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MIN_LENGTH = 16;
  private static final String BEFORE = ",\"mac\":\"";
  private static final String AFTER = "\"}";
  private static final int LENGTH = BEFORE.length() + 64 + AFTER.length();

  /** Only copied: looking an algorithm up takes as long as using it. */
  private final Mac keyed;

  private SignalKey(byte[] secret) {
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** A key from its text, as UTF-8; at least 16 bytes. */
  public static SignalKey of(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "signal key has %d bytes, needs at least %d".formatted(bytes.length, MIN_LENGTH));
    }
    return new SignalKey(bytes);
  }

  /**
   * Closes a document.
   *
   * @param open the document without its last brace
   */
  public String seal(String open) {
    return open + BEFORE + mac(open) + AFTER;
  }

  /** Whether a document is {@code open} with a seal behind it, a valid one or not. */
  public static boolean hasSeal(String document, String open) {
    return document.length() == open.length() + LENGTH
        && document.startsWith(open)
        && document.startsWith(BEFORE, open.length())
        && document.endsWith(AFTER);
  }

  /** Whether a document ends with the mac of what is before it. */
  public boolean sealed(String document) {
    int end = document.length() - LENGTH;
    return end > 0
        && document.startsWith(BEFORE, end)
        && document.endsWith(AFTER)
        && MessageDigest.isEqual(
            mac(document.substring(0, end)).getBytes(StandardCharsets.UTF_8),
            document
                .substring(end + BEFORE.length(), document.length() - AFTER.length())
                .getBytes(StandardCharsets.UTF_8));
  }

  private String mac(String text) {
    try {
      Mac mac = (Mac) keyed.clone();
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's " + ALGORITHM + " can be copied", e);
    }
  }

  @Override
  public String toString() {
    return "SignalKey(secret)";
  }
}
