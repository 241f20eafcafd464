package io.mlassets.platform.database;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.platform.ServiceName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps data a service refused, whole and with the reason. */
public final class Quarantine {
  private static final int MOST_CHARACTERS = 100_000;
  private final JdbcClient jdbc;
  private final MeterRegistry meters;
  private final ServiceName service;
  private final Logger log;

  /** For one service. */
  public Quarantine(JdbcClient jdbc, MeterRegistry meters, ServiceName service) {
    this.jdbc = jdbc;
    this.meters = meters;
    this.service = service;
    this.log = LoggerFactory.getLogger("io.mlassets." + service.name() + ".quarantine");
  }

  /**
   * Refuses a piece of data. While PostgreSQL is away the payload is kept in the log instead, so
   * that the caller's thread goes on.
   *
   * @param source where it came from, such as {@code stream bars}
   * @param reason what was wrong and what was expected
   * @param payload the data as it came
   */
  public void refuse(String source, String reason, String payload) {
    refuse(source, reason, payload, null);
  }

  /**
   * The same for data that several processes read and refuse: it is kept once.
   *
   * @param entry its position in the source
   */
  public void refuseOnce(String source, String reason, String payload, String entry) {
    refuse(source, reason, payload, "%s %s %08x".formatted(source, entry, payload.hashCode()));
  }

  private void refuse(String source, String reason, String payload, @Nullable String entry) {
    meters.counter("quarantined_total", "source", source).increment();
    String kept = payload.replace("\u0000", "\uFFFD");
    if (kept.length() > MOST_CHARACTERS) {
      kept = kept.substring(0, MOST_CHARACTERS);
    }
    log.warn("refused from {}: {}", source, reason);
    try {
      jdbc.sql(
              """
              insert into core.quarantine (service, source, reason, payload, entry)
              values (?, ?, ?, ?, ?) on conflict do nothing
              """)
          .params(service.name(), source, reason, kept)
          .param(entry)
          .update();
    } catch (DataAccessException e) {
      log.error("quarantine of data from {} could not be written; payload: {}", source, kept, e);
    }
  }
}
