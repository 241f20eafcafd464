package io.mlassets.platform;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * Where Redis is ({@code REDIS_URL}, or {@code REDIS_HOST} and {@code REDIS_PORT}).
 *
 * @param url {@code redis://[[user]:password@]host:port[/database]} ({@code rediss} for TLS); wins
 *     over host and port
 * @param host host name when there is no url
 * @param port port when there is no url
 * @param prefix put before every stream and channel name
 */
@ConfigurationProperties("redis")
public record RedisSettings(
    @Nullable String url,
    @DefaultValue("localhost") String host,
    @DefaultValue("6379") int port,
    @DefaultValue("") String prefix) {
  private static final int TIMEOUT_MILLIS = 2_000;

  /** Host and port to connect to. */
  public HostAndPort address() {
    if (url == null || url.isBlank()) {
      return new HostAndPort(host, port);
    }
    URI uri = URI.create(url);
    return new HostAndPort(uri.getHost(), uri.getPort() < 0 ? 6379 : uri.getPort());
  }

  /** The password of the url, null without one. */
  public @Nullable String password() {
    if (url == null || url.isBlank()) {
      return null;
    }
    String info = URI.create(url).getUserInfo();
    return info == null ? null : info.substring(info.indexOf(':') + 1);
  }

  /** The user of the url, null without one. */
  public @Nullable String user() {
    if (url == null || url.isBlank()) {
      return null;
    }
    String info = URI.create(url).getUserInfo();
    int colon = info == null ? -1 : info.indexOf(':');
    return info == null || colon < 1 ? null : info.substring(0, colon);
  }

  /** The number of the database, as the pool's connections take it from the same url. */
  public int database() {
    if (url == null || url.isBlank()) {
      return 0;
    }
    String path = URI.create(url).getPath();
    if (path == null || path.length() < 2) {
      return 0;
    }
    if (!path.matches("/\\d{1,4}")) {
      throw new IllegalArgumentException(
          "REDIS_URL: '%s' is not the number of a database, such as /0".formatted(path));
    }
    return Integer.parseInt(path.substring(1));
  }

  /** Whether the connection is encrypted. */
  public boolean tls() {
    return url != null && url.startsWith("rediss:");
  }

  /**
   * A connection of its own, for a thread that blocks on it.
   *
   * @param blockingMillis read time-out of blocking commands; a half-open socket is noticed after
   *     it
   */
  public Jedis connect(int blockingMillis) {
    return new Jedis(
        address(),
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(TIMEOUT_MILLIS)
            .socketTimeoutMillis(TIMEOUT_MILLIS)
            .blockingSocketTimeoutMillis(blockingMillis)
            .user(user())
            .password(password())
            .database(database())
            .ssl(tls())
            .build());
  }

  @Override
  public String toString() {
    return "RedisSettings[" + address() + "]";
  }
}
