package io.mlassets.registry.audit;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code audit.config_changes}; rows are never changed. */
@Component
public class ConfigChanges {
  private final JdbcClient jdbc;
  private final JsonMapper json;

  ConfigChanges(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** Another version was put in force by hand. */
  public void activated(
      String scope, @Nullable String before, String after, String actor, String reason) {
    write(
        actor,
        "model_registry",
        "active:" + scope,
        before == null ? null : json.writeValueAsString(before),
        json.writeValueAsString(after),
        null,
        reason);
  }

  /** A policy key has another value. */
  void keyChanged(
      String file, String key, @Nullable JsonNode before, @Nullable JsonNode after, String hash) {
    write(
        "config",
        file,
        key,
        before == null ? null : before.toString(),
        after == null ? null : after.toString(),
        hash,
        "found in the files");
  }

  private void write(
      String actor,
      String object,
      String key,
      @Nullable String before,
      @Nullable String after,
      @Nullable String policyHash,
      String reason) {
    jdbc.sql(
            """
            insert into audit.config_changes
              (actor, object, key, old_value, new_value, policy_hash, reason)
            values (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
            """)
        .param(actor)
        .param(object)
        .param(key)
        .param(before)
        .param(after)
        .param(policyHash)
        .param(reason)
        .update();
  }
}
