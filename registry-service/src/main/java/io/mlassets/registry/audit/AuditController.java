package io.mlassets.registry.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.mlassets.platform.PoliciesInForce;
import io.mlassets.platform.web.Page;
import io.mlassets.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Policies and their changes over REST. */
@RestController
class AuditController {
  private final JdbcClient jdbc;
  private final PoliciesInForce policies;

  AuditController(JdbcClient jdbc, PoliciesInForce policies) {
    this.jdbc = jdbc;
    this.policies = policies;
  }

  /** Policies of one hash. */
  record PolicyView(
      @JsonProperty("policy_hash") String policyHash,
      @JsonProperty("in_force") boolean inForce,
      @JsonProperty("first_seen") Instant firstSeen,
      @JsonRawValue String content) {}

  /** One change. */
  record ChangeView(
      long id,
      @JsonProperty("changed_at") Instant changedAt,
      String actor,
      String object,
      String key,
      @JsonProperty("old_value") @JsonRawValue @Nullable String oldValue,
      @JsonProperty("new_value") @JsonRawValue @Nullable String newValue,
      @JsonProperty("policy_hash") @Nullable String policyHash,
      String reason) {}

  @GetMapping("/api/v1/policies")
  @Operation(summary = "Policies that are or were in force, newest first")
  Page<PolicyView> policies(
      @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "50") int size) {
    PageRequest wanted = new PageRequest(page, size);
    String inForce = policies.now().hash();
    List<PolicyView> items =
        jdbc.sql(
                """
                select policy_hash, first_seen, content from core.policies
                order by first_seen desc limit ? offset ?
                """)
            .params(wanted.size(), wanted.offset())
            .query(
                (row, n) ->
                    new PolicyView(
                        row.getString(1),
                        row.getString(1).equals(inForce),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3)))
            .list();
    return new Page<>(items, page, size, count("core.policies"));
  }

  @GetMapping("/api/v1/config-changes")
  @Operation(summary = "Changes of policies and roll-backs, newest first")
  Page<ChangeView> changes(
      @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "50") int size) {
    PageRequest wanted = new PageRequest(page, size);
    List<ChangeView> items =
        jdbc.sql(
                """
                select id, changed_at, actor, object, key, old_value, new_value, policy_hash, reason
                from audit.config_changes order by id desc limit ? offset ?
                """)
            .params(wanted.size(), wanted.offset())
            .query(
                (row, n) ->
                    new ChangeView(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9)))
            .list();
    return new Page<>(items, page, size, count("audit.config_changes"));
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }
}
