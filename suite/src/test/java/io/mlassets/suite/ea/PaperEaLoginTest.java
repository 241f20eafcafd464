package io.mlassets.suite.ea;

import static io.mlassets.suite.ea.TradingFloor.await;
import static io.mlassets.suite.ea.TradingFloor.signal;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.signal.Action;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
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
    try (PaperEa ea = TradingFloor.listening(redis, TradingFloor.PLAIN, folder)) {
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
  void a_wrong_password_is_said_to_be_wrong_and_not_told() throws Exception {
    assertThat(troubleWith(redis("redis", ":guess", servers.redis().port())))
        .contains("WRONGPASS")
        .doesNotContain("guess");
  }

  /** What an Expert Advisor that does not get in says about it. */
  private String troubleWith(RedisSettings redis) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(BarFeed.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger.addAppender(said);
    try (PaperEa ea = TradingFloor.advisor(redis, TradingFloor.PLAIN, folder).start()) {
      await("trouble", () -> !said.list.isEmpty());
      assertThat(ea.listening()).isFalse();
    } finally {
      logger.detachAppender(said);
    }
    return said.list.getFirst().getFormattedMessage();
  }

  private String refusedBy(int port) throws Exception {
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    RedisSettings redis = redis("rediss", "advisor:s3cret%3A%2F%40", port);
    try (EaConnection connection = new EaConnection(redis, new Hearing(said))) {
      connection.start();
      return said.take();
    }
  }

  private record Hearing(BlockingQueue<String> said) implements EaConnection.Listener {
    @Override
    public void connected(EaConnection connection) {
      said.add("connected");
    }

    @Override
    public void heard(EaConnection connection, byte[] bytes) {
      said.add("heard");
    }

    @Override
    public void lost(EaConnection connection, String why) {
      said.add(why);
    }
  }

  @Test
  @Timeout(60)
  void rediss_is_encrypted_and_only_a_trusted_certificate_of_that_host_will_do() throws Exception {
    SSLContext before = SSLContext.getDefault();
    try (TlsFront front = TlsFront.of(folder, "ip:127.0.0.1", servers.redis().port());
        TlsFront other = TlsFront.of(folder, "dns:elsewhere.example", servers.redis().port())) {
      assertThat(refusedBy(front.port())).contains("certificat");
      SSLContext.setDefault(other.context());
      assertThat(refusedBy(other.port())).contains("127.0.0.1");
      SSLContext.setDefault(front.context());
      trade(redis("rediss", "advisor:s3cret%3A%2F%40", front.port()));
    } finally {
      SSLContext.setDefault(before);
    }
  }
}
