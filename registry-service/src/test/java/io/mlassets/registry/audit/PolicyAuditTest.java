package io.mlassets.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.channel.PolicyNotice;
import io.mlassets.platform.PoliciesInForce;
import io.mlassets.platform.redis.RedisSubscription;
import io.mlassets.platform.testing.TestPolicies;
import io.mlassets.platform.testing.TestServers;
import io.mlassets.registry.RegistryApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Policies that change while the registry runs. */
@Tag("P-02")
class PolicyAuditTest {
  @TempDir Path config;
  private final Queue<String> notices = new ConcurrentLinkedQueue<>();
  private TestPolicies policies;
  private TestServers servers;
  private JdbcClient owner;
  private RedisSubscription subscription;
  private ConfigurableApplicationContext context;

  @BeforeEach
  void start() throws IOException {
    policies = TestPolicies.in(config);
    servers = TestServers.start();
    owner = JdbcClient.create(servers.dataSource());
    subscription =
        new RedisSubscription(servers.redis(), (channel, text) -> notices.add(text), "policy");
    subscription.start();
    context = startService();
  }

  private ConfigurableApplicationContext startService() {
    return servers.start(
        RegistryApplication.class,
        "registry",
        "--config.dir=" + config,
        "--config.check-every=20ms");
  }

  @AfterEach
  void stop() {
    context.close();
    subscription.close();
    servers.close();
  }

  private List<String> changes() {
    return owner
        .sql(
            """
            select object || ' ' || key || ' ' || old_value || ' ' || new_value || ' ' || policy_hash
            from audit.config_changes where old_value is not null order by id
            """)
        .query(String.class)
        .list();
  }

  private String set(String value) throws IOException {
    policies.set("core_policy.yaml", "leverage_reduction_rate", value);
    return policies.hash();
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void a_change_is_on_record_once_and_told_while_the_service_runs() throws Exception {
    try (ConfigurableApplicationContext other = startService()) {
      assertThat(other.isRunning()).isTrue();
      String hash = set("0.25");
      await("on record", () -> !changes().isEmpty());
      await("told", () -> notices.stream().anyMatch(text -> text.contains(hash)));
      // Both look once a second.
      Thread.sleep(2_500);
      assertThat(changes())
          .containsExactly("core_policy.yaml leverage_reduction_rate 0.5 0.25 " + hash);
      PolicyNotice notice =
          JsonMapper.builder()
              .build()
              .readValue(
                  notices.stream().filter(text -> text.contains(hash)).findFirst().orElseThrow(),
                  PolicyNotice.class);
      assertThat(notice.changedKeys()).isEqualTo(1);
    }
  }

  @Test
  void a_change_found_while_the_database_is_away_is_on_record_when_it_is_back() throws Exception {
    servers.databaseAway(true);
    String hash = set("0.25");
    PoliciesInForce found = context.getBean(PoliciesInForce.class);
    await("found", () -> found.now().hash().equals(hash));
    servers.databaseAway(false);
    await("on record", () -> !changes().isEmpty());
    assertThat(changes())
        .containsExactly("core_policy.yaml leverage_reduction_rate 0.5 0.25 " + hash);
  }
}
