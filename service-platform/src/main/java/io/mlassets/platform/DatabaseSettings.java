package io.mlassets.platform;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where PostgreSQL is ({@code DATABASE_URL}, {@code DATABASE_USER}, {@code DATABASE_PASSWORD}).
 *
 * @param url {@code jdbc:postgresql://…} or {@code postgresql://…}
 * @param user the service's own role
 * @param password never logged
 * @param poolSize most connections held
 */
@Validated
@ConfigurationProperties("database")
public record DatabaseSettings(
    @NotBlank String url, @NotBlank String user, String password, @DefaultValue("6") int poolSize) {

  /** The JDBC form of {@link #url}, user and password stripped. */
  public String jdbcUrl() {
    if (url.startsWith("jdbc:")) {
      return url;
    }
    URI uri = URI.create(url);
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    String query = uri.getQuery() == null ? "" : "?" + uri.getQuery();
    return "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getPath() + query;
  }

  @Override
  public String toString() {
    return "DatabaseSettings[" + user + "@" + jdbcUrl() + "]";
  }
}
