package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Objects;

/**
 * What a bundle carries beside what training determined, {@code envelope.json}.
 *
 * @param version the bundle's version
 * @param createdAt when it was written, UTC
 * @param contentSha256 SHA-256 of {@code manifest.json}, which names the hash of every other file
 * @param signature HMAC-SHA256 over the lines {@code version}, {@code createdAt}, {@code
 *     contentSha256}, lower-case hex
 */
public record BundleEnvelope(
    @JsonProperty("model_version") ModelVersion version,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("content_sha256") String contentSha256,
    @JsonProperty("signature") String signature) {

  /** Refuses what a damaged file may leave out. */
  public BundleEnvelope {
    Objects.requireNonNull(version, "model_version");
    Objects.requireNonNull(createdAt, "created_at");
    Objects.requireNonNull(contentSha256, "content_sha256");
    Objects.requireNonNull(signature, "signature");
  }

  static BundleEnvelope signed(
      ModelVersion version, Instant createdAt, String contentSha256, BundleKey key) {
    String signature = key.sign(text(version, createdAt, contentSha256));
    return new BundleEnvelope(version, createdAt, contentSha256, signature);
  }

  boolean verifies(BundleKey key) {
    return key.verifies(text(version, createdAt, contentSha256), signature);
  }

  private static String text(ModelVersion version, Instant createdAt, String contentSha256) {
    return version + "\n" + createdAt + "\n" + contentSha256 + "\n";
  }
}
