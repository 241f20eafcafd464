package io.mlassets.dispatcher.control;

import io.mlassets.alert.Alert;
import io.mlassets.alert.Alert.Severity;
import io.mlassets.dispatcher.DispatcherSettings;
import io.mlassets.dispatcher.alert.Pages;
import io.mlassets.platform.WatchLoop;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Pages while inference has stopped a pair's entries, until an operator lifts the stop. The
 * dispatcher that leads tells; the pair's decisions are inference's.
 */
@Component
class WatchPairStops extends WatchLoop {
  private static final String KEYS = "pair/";
  private final JdbcClient jdbc;
  private final Pages pages;
  private final Leadership leadership;

  WatchPairStops(JdbcClient jdbc, Pages pages, Leadership leadership, DispatcherSettings settings) {
    super("pair-stops", Duration.ZERO, settings.watchEvery());
    this.jdbc = jdbc;
    this.pages = pages;
    this.leadership = leadership;
  }

  @Override
  protected void look() {
    if (!leadership.leads()) {
      return;
    }
    List<Alert> stopped =
        jdbc.sql("select pair, since, actor, reason from core.pair_stops where stopped")
            .query(
                (row, n) ->
                    new Alert(
                        KEYS + row.getString(1),
                        Severity.CRITICAL,
                        "entries of %s stopped by %s: %s"
                            .formatted(row.getString(1), row.getString(3), row.getString(4)),
                        Map.of(
                            "since",
                            row.getObject(2, OffsetDateTime.class).toInstant().toString())))
            .list();
    Set<String> keys = stopped.stream().map(Alert::key).collect(Collectors.toSet());
    for (String key : pages.open(KEYS)) {
      if (!keys.contains(key)) {
        pages.close(key, "entries of %s go again".formatted(key.substring(KEYS.length())));
      }
    }
    stopped.forEach(alert -> pages.open(alert, 0));
  }
}
