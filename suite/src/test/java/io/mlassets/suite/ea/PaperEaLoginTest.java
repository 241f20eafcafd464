package io.mlassets.suite.ea;

import static io.mlassets.suite.ea.TradingFloor.await;
import static io.mlassets.suite.ea.TradingFloor.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** An Expert Advisor reaches Redis by the same url as the services. */
@Tag("S-01")
class PaperEaLoginTest {
  @TempDir Path folder;
  private TestServers servers;

  @BeforeEach
  void start() {
    servers = TestServers.start();
    try (Jedis redis = servers.jedis()) {
      redis.aclSetUser("advisor", "on", ">s3cret:/@", "~*", "&*", "+@all");
      redis.configSet("requirepass", "only for the default user");
    }
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private RedisSettings redis(String scheme, String who, int port) {
    return new RedisSettings("%s://%s@127.0.0.1:%d/3".formatted(scheme, who, port), "", 0, "");
  }

  private void trade(RedisSettings redis) throws Exception {
    TradingFloor floor =
        new TradingFloor(redis("redis", "advisor:s3cret%3A%2F%40", servers.redis().port()));
    floor.bar("XAUUSD", 2_000);
    floor.bar("XAGUSD", 25);
    try (PaperEa ea =
        TradingFloor.listening(redis, TradingFloor.PLAIN, folder.resolve("paper-test.jsonl"))) {
      floor.send(1, signal(1, Action.ENTER), true);
      await("two fills", () -> ea.fillsSent() == 2);
    }
    assertThat(floor.fills()).hasSize(2);
  }

  @Test
  void it_logs_in_with_user_and_password_and_chooses_the_database() throws Exception {
    trade(redis("redis", "advisor:s3cret%3A%2F%40", servers.redis().port()));
  }

  @Test
  void a_password_alone_is_the_default_users() throws Exception {
    trade(redis("redis", ":only%20for%20the%20default%20user", servers.redis().port()));
  }

  @Test
  void a_wrong_password_is_said_to_be_wrong_and_not_told() {
    assertThatThrownBy(
            () -> new RespClient(redis("redis", ":guess", servers.redis().port()), 2_000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("WRONGPASS")
        .hasMessageNotContaining("guess");
  }

  @Test
  void rediss_is_encrypted_and_only_a_trusted_certificate_of_that_host_will_do() throws Exception {
    SSLContext before = SSLContext.getDefault();
    try (TlsFront front = TlsFront.of(folder, "ip:127.0.0.1", servers.redis().port());
        TlsFront other = TlsFront.of(folder, "dns:elsewhere.example", servers.redis().port())) {
      assertThatThrownBy(
              () -> new RespClient(redis("rediss", "advisor:s3cret%3A%2F%40", front.port()), 2_000))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("certificat");
      SSLContext.setDefault(other.context());
      assertThatThrownBy(
              () -> new RespClient(redis("rediss", "advisor:s3cret%3A%2F%40", other.port()), 2_000))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1");
      SSLContext.setDefault(front.context());
      trade(redis("rediss", "advisor:s3cret%3A%2F%40", front.port()));
    } finally {
      SSLContext.setDefault(before);
    }
  }
}
