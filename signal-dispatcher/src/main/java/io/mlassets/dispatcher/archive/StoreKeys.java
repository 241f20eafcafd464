package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchivePlace;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;

/**
 * Who we are to an object store; from the environment, by the names every S3 tool uses.
 *
 * @param accessKey {@code AWS_ACCESS_KEY_ID}
 * @param secretKey {@code AWS_SECRET_ACCESS_KEY}, never logged
 * @param sessionToken {@code AWS_SESSION_TOKEN}, of temporary keys only
 */
record StoreKeys(String accessKey, String secretKey, @Nullable String sessionToken) {
  static StoreKeys of(PropertyResolver environment, ArchivePlace place) {
    String access = environment.getProperty("AWS_ACCESS_KEY_ID", "").strip();
    String secret = environment.getProperty("AWS_SECRET_ACCESS_KEY", "").strip();
    String token = environment.getProperty("AWS_SESSION_TOKEN", "").strip();
    if (access.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException(
          "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set for the archive in "
              + place.name());
    }
    return new StoreKeys(access, secret, token.isEmpty() ? null : token);
  }

  @Override
  public String toString() {
    return "StoreKeys[" + accessKey + "]";
  }
}
