package io.mlassets.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.inference.BarSettings.Source;
import io.mlassets.market.PairBar;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bars from a file, and what happens to it and around it. */
@Tag("I-01")
class SqliteSourceTest extends SourcedBars {
  @Test
  void what_is_no_bar_in_the_file_is_quarantined_whole_and_the_next_row_goes_on() throws Exception {
    startService(Source.SQLITE);
    send(Source.SQLITE, market.legs(HISTORY, HISTORY + 1));
    file.execute("insert into bars values (null, 'XAUUSD', 'PT1H', 'yesterday', 1, 1, 1, 1, 1)");
    file.execute(
        "insert into bars values (null, 'XAUUSD', 'PT1H', '2030-01-07T00:00:00Z', 'x', 1, 1, 1,"
            + " 1)");
    file.execute(
        "insert into bars values (null, 'XAUUSD', 'PT5M', '2030-01-07T00:00:00Z', 1, 1, 1, 1, 1)");
    file.execute(
        "insert into bars values (null, 'GOLD', 'PT1H', '2030-01-07T00:00:00Z', 1, 1, 1, 1, 1)");
    send(Source.SQLITE, market.legs(HISTORY + 1, HISTORY + 3));
    awaitSignals(3);
    assertThat(counted("bars_refused_total", "reason", "malformed")).isEqualTo(2);
    assertThat(counted("bars_refused_total", "reason", "interval")).isEqualTo(1);
    assertThat(counted("bars_refused_total", "reason", "unknown_symbol")).isEqualTo(1);
    assertThat(market.sql().sql("select payload from core.quarantine").query(String.class).list())
        .anySatisfy(payload -> assertThat(payload).contains("\"ts\":\"yesterday\""));
  }

  @Test
  void a_restart_goes_on_in_the_file_after_the_last_bar_handled() throws Exception {
    startService(Source.SQLITE);
    market.history(HISTORY, HISTORY + 40);
    send(Source.SQLITE, market.legs(HISTORY, HISTORY + 40));
    awaitSignals(40);
    context.close();
    // Not in core.bars: only the file has what came meanwhile.
    send(Source.SQLITE, market.legs(HISTORY + 40, HISTORY + 80));
    startService(Source.SQLITE);
    send(Source.SQLITE, market.legs(HISTORY + 80, HISTORY + 100));
    awaitSignals(100);
    assertThat(decided())
        .isEqualTo(
            market.bars().subList(HISTORY, HISTORY + 100).stream().map(PairBar::ts).toList());
    assertThat(market.sql().sql("select count(*) from core.quarantine").query(Long.class).single())
        .isZero();
  }

  @Test
  void nothing_is_lost_of_the_file_while_redis_or_postgresql_is_away() throws Exception {
    startService(Source.SQLITE);
    send(Source.SQLITE, market.legs(HISTORY, HISTORY + 20));
    awaitSignals(20);
    servers.stopRedis();
    send(Source.SQLITE, market.legs(HISTORY + 20, HISTORY + 40));
    awaitSignals(40);
    servers.startRedis();
    servers.databaseAway(true);
    send(Source.SQLITE, market.legs(HISTORY + 40, HISTORY + 60));
    Thread.sleep(500);
    servers.databaseAway(false);
    awaitSignals(60);
    assertThat(market.signals()).isEqualTo(60);
  }
}
