package io.mlassets.registry.audit;

import io.mlassets.platform.registry.KeptPolicies;
import io.mlassets.policy.Policies;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * At start, keeps the policies in force by their hash and writes each key that changed since the
 * last start to the audit, so that a signal's {@code policy_hash} can be explained (I-09, P-02).
 */
@Component
class RegisterPolicies implements ApplicationRunner {
  private static final Logger log = LoggerFactory.getLogger(RegisterPolicies.class);
  private final Policies policies;
  private final KeptPolicies kept;
  private final ConfigChanges changes;
  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final TransactionOperations transactions;

  RegisterPolicies(
      Policies policies,
      KeptPolicies kept,
      ConfigChanges changes,
      JdbcClient jdbc,
      JsonMapper json,
      TransactionOperations transactions) {
    this.policies = policies;
    this.kept = kept;
    this.changes = changes;
    this.jdbc = jdbc;
    this.json = json;
    this.transactions = transactions;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    transactions.executeWithoutResult(status -> register());
  }

  private void register() {
    Optional<String> last = lastHash();
    kept.keep(policies);
    if (last.filter(policies.hash()::equals).isPresent()) {
      return;
    }
    JsonNode before = json.readTree(last.flatMap(kept::content).orElse("{}"));
    JsonNode after = json.readTree(policies.canonicalJson());
    int changed = 0;
    for (var file : after.properties()) {
      changed += compare(file.getKey(), before.path(file.getKey()), file.getValue());
    }
    log.info("policies {}: {} keys changed", policies.hash(), changed);
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

  private int compare(String file, JsonNode before, JsonNode after) {
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
