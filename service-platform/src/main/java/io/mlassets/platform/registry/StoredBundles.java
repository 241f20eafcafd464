package io.mlassets.platform.registry;

import io.mlassets.model.BundleFile;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Bundles as {@code core.model_artifacts} has them. */
final class StoredBundles {
  private final JdbcClient jdbc;

  StoredBundles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Stores a bundle's bytes; the version must be free. */
  void store(ModelVersion version, String contentSha256, String sha256, byte[] zip) {
    jdbc.sql(
            """
            insert into core.model_artifacts (model_version, content_sha256, sha256, content)
            values (?, ?, ?, ?)
            """)
        .params(version.value(), contentSha256, sha256, zip)
        .update();
  }

  /**
   * The stored bytes of a bundle.
   *
   * @throws InvalidBundleException if they are more than a bundle has; they are not read then
   */
  Optional<byte[]> find(ModelVersion version) {
    return jdbc.sql(
            """
            select octet_length(content), case when octet_length(content) <= :most then content end
            from core.model_artifacts where model_version = :v
            """)
        .param("most", BundleFile.MAX_BYTES)
        .param("v", version.value())
        .query((row, n) -> content(row.getLong(1), row.getBytes(2)))
        .optional();
  }

  private static byte[] content(long size, byte @Nullable [] content) {
    if (content == null) {
      throw new InvalidBundleException(
          "bundle of %d bytes in core.model_artifacts is larger than %d"
              .formatted(size, BundleFile.MAX_BYTES));
    }
    return content;
  }

  /** The hash of a stored bundle's content. */
  String contentSha256(ModelVersion version) {
    return jdbc.sql("select content_sha256 from core.model_artifacts where model_version = ?")
        .param(version.value())
        .query(String.class)
        .single();
  }
}
