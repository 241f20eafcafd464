package io.mlassets.registry.signal;

import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.web.Page;
import io.mlassets.platform.web.PageRequest;
import io.mlassets.registry.Known;
import io.mlassets.signal.Action;
import io.swagger.v3.oas.annotations.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signals over REST (E-06). */
@RestController
class SignalsController {
  private static final String WHICH =
      """
      from core.signals s left join core.signal_dispatch d on d.signal_id = s.signal_id
      where (:mode::text is null or s.mode = :mode) and (:pair::text is null or s.pair = :pair)
        and (:action::text is null or s.action = :action)
        and (:version::text is null or s.model_version = :version)
        and (:from::timestamptz is null or s.bar_ts >= :from)
        and (:to::timestamptz is null or s.bar_ts < :to)
      """;
  private static final String ANSWERS =
      """
      , coalesce((
        select json_agg(json_build_object('account', o.account, 'outcome', o.outcome,
          'reason', o.reason, 'at', %s, 'received_at', %s,
          'acknowledged', o.document is not null,
          'legs', (
            select coalesce(json_agg(json_build_object('leg', l.leg, 'symbol', l.symbol,
              'outcome', l.outcome, 'lots', l.lots) order by l.leg), '[]')
            from core.leg_outcomes l
            where l.account = o.account and l.signal_seq = o.signal_seq)) order by o.account)
        from core.signal_outcomes o where o.signal_id = s.signal_id), '[]') as answers
      """
          .formatted(utcText("o.at"), utcText("o.received_at"));
  private final JdbcClient jdbc;

  SignalsController(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @GetMapping("/api/v1/signals")
  @Operation(
      summary =
          "Signals with what became of them at the dispatcher and at each account, newest bar"
              + " first")
  Page<SignalView> list(
      @RequestParam(required = false) @Nullable String mode,
      @RequestParam(required = false) @Nullable String pair,
      @RequestParam(required = false) @Nullable Action action,
      @RequestParam(name = "model_version", required = false) @Nullable String modelVersion,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    Known.mode(mode);
    PageRequest wanted = new PageRequest(page, size);
    String pairId = pair == null ? null : Pair.parse(pair).id();
    String version = modelVersion == null ? null : new ModelVersion(modelVersion).value();
    String actionName = action == null ? null : action.name();
    long total =
        jdbc.sql("select count(*) " + WHICH)
            .param("mode", mode)
            .param("pair", pairId)
            .param("action", actionName)
            .param("version", version)
            .param("from", utc(from))
            .param("to", utc(to))
            .query(Long.class)
            .single();
    var items =
        jdbc.sql(
                "select s.*, d.seq, d.outcome, d.reason as outcome_reason, d.sent_at "
                    + ANSWERS
                    + WHICH
                    + " order by s.bar_ts desc, s.pair, s.signal_id limit :size offset :offset")
            .param("mode", mode)
            .param("pair", pairId)
            .param("action", actionName)
            .param("version", version)
            .param("from", utc(from))
            .param("to", utc(to))
            .param("size", wanted.size())
            .param("offset", wanted.offset())
            .query(SignalsController::view)
            .list();
    return new Page<>(items, page, size, total);
  }

  private static String utcText(String column) {
    return "to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')".formatted(column);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static SignalView view(ResultSet row, int number) throws SQLException {
    OffsetDateTime sent = row.getObject("sent_at", OffsetDateTime.class);
    return new SignalView(
        row.getObject("signal_id", UUID.class),
        row.getString("mode"),
        row.getString("pair"),
        row.getString("interval"),
        time(row, "bar_ts"),
        time(row, "timestamp"),
        row.getDouble("z_score"),
        row.getDouble("return_prob"),
        row.getDouble("risk_score"),
        row.getString("entry"),
        row.getDouble("confidence"),
        row.getInt("risk_flag"),
        row.getBigDecimal("theta1"),
        row.getBigDecimal("theta2"),
        row.getDouble("position_scale"),
        row.getString("action"),
        row.getString("reason"),
        row.getString("legs"),
        row.getString("model_version"),
        row.getString("policy_hash"),
        row.getDouble("leverage_reduction"),
        time(row, "expires_at"),
        row.getObject("seq", Long.class),
        row.getString("outcome"),
        row.getString("outcome_reason"),
        sent == null ? null : sent.toInstant(),
        row.getString("answers"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
