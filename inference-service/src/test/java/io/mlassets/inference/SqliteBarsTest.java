package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlassets.channel.BarMessage;
import io.mlassets.market.Bar;
import io.mlassets.market.PairBar;
import io.mlassets.testing.SampleMarket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Tag("I-01")
class SqliteBarsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<Bar> BARS =
      SampleMarket.bars(3_000, 5).stream().map(PairBar::a).toList();

  @TempDir Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<BarEntry> heard = new CopyOnWriteArrayList<>();
  private final List<SqliteBars> readers = new ArrayList<>();

  @AfterEach
  void stop() {
    readers.forEach(SqliteBars::close);
  }

  private Path file() {
    return folder.resolve("bars.sqlite");
  }

  private SqliteBars read(String after, Consumer<List<BarEntry>> handler) {
    SqliteBars reader =
        new SqliteBars(
            new SqliteFile(file()), Duration.ofMillis(5), JSON, meters, Clock.systemUTC());
    readers.add(reader);
    reader.start(after, handler);
    return reader;
  }

  private List<Bar> bars() {
    return heard.stream()
        .map(entry -> JSON.readValue(entry.json(), BarMessage.class).toBar())
        .toList();
  }

  private void awaitBars(int count) throws InterruptedException {
    await(count + " rows", () -> heard.size() >= count);
  }

  @Test
  void rows_written_while_it_reads_come_once_each_in_order_and_to_the_last_bit() throws Exception {
    try (SqliteMarket market = new SqliteMarket(file())) {
      read("0", heard::addAll);
      for (int at = 0; at < BARS.size(); ) {
        int next = Math.min(BARS.size(), at + 1 + at % 37);
        market.add(BARS.subList(at, next));
        at = next;
      }
      awaitBars(BARS.size());
    }
    assertThat(bars()).isEqualTo(BARS);
    assertThat(meters.find("bars_read_failures_total").counter()).isNull();
  }

  @Test
  void it_goes_on_after_the_position_whatever_the_age_of_a_rows_bar() throws Exception {
    try (SqliteMarket market = new SqliteMarket(file())) {
      market.add(BARS.subList(10, 15));
      SqliteBars first = read("0", heard::addAll);
      awaitBars(5);
      first.close();
      market.add(BARS.subList(3, 4));
      read(heard.getLast().id(), heard::addAll);
      awaitBars(6);
      market.add(BARS.subList(15, 16));
      awaitBars(7);
    }
    assertThat(bars().subList(5, 7)).containsExactly(BARS.get(3), BARS.get(15));
  }

  @Test
  void rows_whose_handler_failed_are_handed_over_again() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (SqliteMarket market = new SqliteMarket(file())) {
      market.add(BARS.subList(0, 5));
      read(
          "0",
          rows -> {
            if (!rows.isEmpty() && calls.incrementAndGet() < 3) {
              throw new IllegalStateException("not now");
            }
            heard.addAll(rows);
          });
      awaitBars(5);
    }
    assertThat(bars()).isEqualTo(BARS.subList(0, 5));
    assertThat(meters.counter("bars_read_failures_total").count()).isEqualTo(2);
  }

  @Test
  void only_of_rows_it_saw_come_the_time_is_known() throws Exception {
    try (SqliteMarket market = new SqliteMarket(file())) {
      market.add(BARS.subList(0, 1_500));
      read("0", heard::addAll);
      awaitBars(1_500);
      Thread.sleep(200);
      market.add(BARS.subList(1_500, 1_510));
      awaitBars(1_510);
    }
    assertThat(heard.subList(0, 1_500)).allMatch(entry -> entry.cameAt() == null);
    assertThat(heard.subList(1_500, 1_510)).allMatch(entry -> entry.cameAt() != null);
  }

  @Test
  void a_file_that_is_not_there_yet_is_waited_for_while_other_work_goes_on() throws Exception {
    AtomicInteger idle = new AtomicInteger();
    read(
        "0",
        rows -> {
          idle.incrementAndGet();
          heard.addAll(rows);
        });
    await("idle calls", () -> idle.get() >= 2);
    try (SqliteMarket market = new SqliteMarket(file())) {
      market.add(BARS.subList(0, 3));
      awaitBars(3);
    }
    assertThat(meters.counter("bars_read_failures_total").count()).isPositive();
  }

  @Test
  void another_file_in_its_place_is_read_from_its_start() throws Exception {
    try (SqliteMarket market = new SqliteMarket(file())) {
      market.add(BARS.subList(0, 10));
      read("0", heard::addAll);
      awaitBars(10);
    }
    Path other = folder.resolve("other.sqlite");
    try (SqliteMarket market = new SqliteMarket(other)) {
      market.add(BARS.subList(10, 30));
    }
    Files.deleteIfExists(folder.resolve("bars.sqlite-wal"));
    Files.deleteIfExists(folder.resolve("bars.sqlite-shm"));
    Files.move(other, file(), StandardCopyOption.ATOMIC_MOVE);
    awaitBars(30);
    assertThat(bars()).isEqualTo(BARS.subList(0, 30));
  }

  @Test
  void a_position_in_another_file_is_none() throws Exception {
    try (SqliteMarket market = new SqliteMarket(file())) {
      market.add(BARS.subList(0, 10));
      read("7 XAUUSD PT1H 2020-01-01T00:00:00Z", heard::addAll);
      awaitBars(10);
      readers.getLast().close();
      read("700 XAUUSD PT1H 2020-01-01T00:00:00Z", heard::addAll);
      awaitBars(20);
    }
  }

  @Test
  void the_row_of_the_position_may_be_gone() throws Exception {
    try (SqliteMarket market = new SqliteMarket(file())) {
      market.add(BARS.subList(0, 10));
      read("0", heard::addAll);
      awaitBars(10);
      readers.getLast().close();
      market.add(BARS.subList(10, 12));
      delete(market);
      read(heard.get(9).id(), heard::addAll);
      awaitBars(12);
    }
    assertThat(bars()).isEqualTo(BARS.subList(0, 12));
  }

  private static void delete(SqliteMarket market) throws SQLException {
    market.execute("delete from bars where id = 10");
    market.add(List.of());
  }
}
