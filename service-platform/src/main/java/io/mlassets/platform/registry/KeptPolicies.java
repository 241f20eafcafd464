package io.mlassets.platform.registry;

import io.mlassets.policy.Policies;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Policies by their hash ({@code core.policies}), so that a signal's {@code policy_hash} can be
 * explained (I-09). Rows are never changed; whoever acts by policies keeps them.
 */
public final class KeptPolicies {
  private final JdbcClient jdbc;

  /** Over one database. */
  public KeptPolicies(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps them, unless they are kept already. */
  public void keep(Policies policies) {
    jdbc.sql(
            """
            insert into core.policies (policy_hash, content) values (?, ?::jsonb)
            on conflict do nothing
            """)
        .params(policies.hash(), policies.canonicalJson())
        .update();
  }

  /** The content kept under a hash: a file's keys and values by its name. */
  public Optional<String> content(String hash) {
    return jdbc.sql("select content from core.policies where policy_hash = ?")
        .param(hash)
        .query(String.class)
        .optional();
  }
}
