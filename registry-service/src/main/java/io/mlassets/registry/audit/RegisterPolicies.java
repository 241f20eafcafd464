package io.mlassets.registry.audit;

import io.mlassets.channel.Channels;
import io.mlassets.channel.PolicyNotice;
import io.mlassets.platform.PoliciesInForce;
import io.mlassets.platform.registry.KeptPolicies;
import io.mlassets.policy.Policies;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * At start and with every change of the files, keeps the policies in force by their hash and writes
 * each key that changed to the audit, so that a signal's {@code policy_hash} can be explained
 * (I-09, P-02); then says so on channel {@code policy}.
 */
@Component
@EnableScheduling
class RegisterPolicies implements ApplicationRunner {
  private static final Logger log = LoggerFactory.getLogger(RegisterPolicies.class);
  private static final long LOOK_MILLIS = 1_000;
  private final PoliciesInForce policies;
  private final KeptPolicies kept;
  private final ConfigChanges changes;
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final TransactionOperations transactions;
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final Clock clock;
  private @Nullable String registered;

  RegisterPolicies(
      PoliciesInForce policies,
      KeptPolicies kept,
      ConfigChanges changes,
      JdbcClient jdbc,
      JsonMapper json,
      TransactionOperations transactions,
      StringRedisTemplate redis,
      Channels channels,
      Clock clock) {
    this.policies = policies;
    this.kept = kept;
    this.changes = changes;
    this.jdbc = jdbc;
    this.json = json;
    this.transactions = transactions;
    this.redis = redis;
    this.channels = channels;
    this.clock = clock;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    registerNew();
  }

  @Scheduled(fixedDelay = LOOK_MILLIS)
  synchronized void registerNew() {
    Policies now = policies.now();
    if (now.hash().equals(registered)) {
      return;
    }
    int changed = Objects.requireNonNull(transactions.execute(status -> register(now)));
    registered = now.hash();
    if (changed > 0) {
      log.info("policies {}: {} keys changed", now.hash(), changed);
      tell(new PolicyNotice(now.hash(), changed, clock.instant()));
    }
  }

  /** The number of keys that changed. */
  private int register(Policies now) {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('audit.config_changes'))").query(row -> {});
    Optional<String> last = lastHash();
    kept.keep(now);
    if (last.filter(now.hash()::equals).isPresent()) {
      return 0;
    }
    JsonNode before = json.readTree(last.flatMap(kept::content).orElse("{}"));
    JsonNode after = json.readTree(now.canonicalJson());
    int changed = 0;
    for (var file : after.properties()) {
      changed += compare(now, file.getKey(), before.path(file.getKey()), file.getValue());
    }
    return changed;
  }

  private void tell(PolicyNotice notice) {
    try {
      redis.convertAndSend(channels.policy(), json.writeValueAsString(notice));
    } catch (DataAccessException e) {
      // The audit is the record, and every service looks at the files itself.
      log.warn("notice of policies {} was not published: {}", notice.policyHash(), e.toString());
    }
  }

  private Optional<String> lastHash() {
    return jdbc.sql(
            """
            select policy_hash from audit.config_changes
            where policy_hash is not null order by id desc limit 1
            """)
        .query(String.class)
        .optional();
  }

  private int compare(Policies policies, String file, JsonNode before, JsonNode after) {
    TreeSet<String> keys = new TreeSet<>(after.propertyNames());
    keys.addAll(before.propertyNames());
    int changed = 0;
    for (String key : keys) {
      JsonNode old = before.get(key);
      JsonNode now = after.get(key);
      // Not as text: jsonb gives the keys back in an order of its own.
      boolean same = old != null && old.equals(now);
      if (!same) {
        changes.keyChanged(file, key, old, now, policies.hash());
        changed++;
      }
    }
    return changed;
  }
}
