package io.mlassets.suite.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Symbol;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("T-01")
class BarFolderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Symbol GOLD = new Symbol("XAUUSD");
  private static final String HEADER = "timestamp,open,high,low,close,volume\n";
  private static final String GOOD =
      """
      2024-01-01T00:00:00Z,10,12,9,11,5
      2024-01-01T01:00:00Z,11,12,10,11.5,6
      2024-01-01T02:00:00Z,11.5,13,11,12,7
      """;

  @TempDir Path folder;

  @Test
  void good_rows_become_bars_whatever_the_order_of_the_columns() throws IOException {
    write(
        "volume,close,low,high,open,timestamp\n"
            + "5,11,9,12,10,2024-01-01T00:00:00Z\n"
            + "6,11,9,12,10,2024-01-01T01:00:00Z\n");

    LoadedBars loaded = read();

    assertThat(loaded.refused()).isEmpty();
    assertThat(loaded.bars().get(GOLD).getFirst().high()).isEqualTo(12);
    assertThat(loaded.bars().get(GOLD).getFirst().volume()).isEqualTo(5);
  }

  @Test
  void bad_rows_are_refused_with_file_line_and_reason_and_nothing_good_is_lost()
      throws IOException {
    write(
        HEADER
            + "2024-01-01T00:00:00Z,10,12,9,11,5\n"
            + "yesterday,10,12,9,11,5\n"
            + "2024-01-01T01:00:00Z,ten,12,9,11,5\n"
            + "2024-01-01T01:00:00Z,-10,12,9,11,5\n"
            + "2024-01-01T01:00:00Z,NaN,12,9,11,5\n"
            + "2024-01-01T01:00:00Z,10,9,12,11,5\n"
            + "2024-01-01T01:00:00Z,10,12\n"
            + "2024-01-01T01:30:00Z,10,12,9,11,5\n"
            + "2099-01-01T01:00:00Z,10,12,9,11,5\n"
            + "2024-01-01T01:00:00Z,10,12,9,11,5\n"
            + "2024-01-01T02:00:00Z,10,12,9,11,5\n");

    LoadedBars loaded = read();

    assertThat(loaded.bars().get(GOLD))
        .extracting(bar -> bar.ts().toString())
        .containsExactly("2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z", "2024-01-01T02:00:00Z");
    assertThat(loaded.refused())
        .extracting(RefusedRow::source)
        .containsExactly(
            "XAUUSD.csv:3",
            "XAUUSD.csv:4",
            "XAUUSD.csv:5",
            "XAUUSD.csv:6",
            "XAUUSD.csv:7",
            "XAUUSD.csv:8",
            "XAUUSD.csv:9",
            "XAUUSD.csv:10");
    assertThat(loaded.refused().get(1).reason()).contains("open 'ten' is not a number");
    assertThat(loaded.refused().get(2).reason()).contains("-10.0 is not a positive");
    assertThat(loaded.refused().get(2).row()).isEqualTo("2024-01-01T01:00:00Z,-10,12,9,11,5");
    assertThat(loaded.refused().get(7).reason()).isEqualTo("bar of the future");
  }

  @Test
  void a_row_behind_a_later_one_is_put_in_its_place_and_a_repetition_refused() throws IOException {
    write(
        HEADER
            + "2024-01-01T00:00:00Z,10,12,9,11,5\n"
            + "2024-01-01T02:00:00Z,10,12,9,11,5\n"
            + "2024-01-01T01:00:00Z,10,12,9,11,5\n"
            + "2024-01-01T02:00:00Z,10,12,9,10.5,5\n");

    LoadedBars loaded = read();

    assertThat(loaded.bars().get(GOLD)).isSortedAccordingTo((a, b) -> a.ts().compareTo(b.ts()));
    assertThat(loaded.bars().get(GOLD)).hasSize(3);
    assertThat(loaded.bars().get(GOLD).getLast().close()).isEqualTo(11);
    assertThat(loaded.reordered()).isEqualTo(1);
    assertThat(loaded.refused())
        .singleElement()
        .satisfies(row -> assertThat(row.reason()).startsWith("duplicate"));
  }

  @Test
  void a_compressed_file_cut_short_gives_the_rows_it_still_has() throws IOException {
    StringBuilder rows = new StringBuilder(HEADER);
    Instant start = Instant.parse("2020-01-01T00:00:00Z");
    for (int i = 0; i < 5_000; i++) {
      rows.append(start.plusSeconds(3_600L * i))
          .append(",10,12,9,11,")
          .append(i * 7919 % 1000)
          .append('\n');
    }
    Path whole = folder.resolve("whole.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write(rows.toString().getBytes(StandardCharsets.US_ASCII));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(folder.resolve("XAUUSD.csv.gz"), java.util.Arrays.copyOf(bytes, bytes.length / 2));

    LoadedBars loaded = read();

    assertThat(loaded.bars().values().stream().mapToInt(List::size).sum()).isBetween(1_000, 4_999);
    assertThat(loaded.refused())
        .singleElement()
        .satisfies(row -> assertThat(row.reason()).contains("unreadable"));
  }

  @Test
  void a_missing_file_is_named_together_with_what_there_is() throws IOException {
    Files.writeString(folder.resolve("XAGUSD.csv"), HEADER + GOOD);

    assertThatThrownBy(this::read)
        .isInstanceOf(BarInputException.class)
        .hasMessageContaining("no bars of XAUUSD")
        .hasMessageContaining("XAGUSD");
  }

  @Test
  void a_missing_column_is_named() throws IOException {
    write("timestamp,open,high,low,close\n2024-01-01T00:00:00Z,10,12,9,11\n");

    assertThatThrownBy(this::read)
        .isInstanceOf(BarInputException.class)
        .hasMessageContaining("'volume' is missing");
  }

  @Test
  void bars_of_an_hour_do_not_pass_for_bars_of_a_minute() throws IOException {
    write(HEADER + GOOD);

    assertThatThrownBy(() -> new BarFolder(folder).read(List.of(GOLD), BarInterval.M1, NOW))
        .isInstanceOf(BarInputException.class)
        .hasMessageContaining("3600 s apart");
  }

  private void write(String content) throws IOException {
    Files.writeString(folder.resolve("XAUUSD.csv"), content);
  }

  private LoadedBars read() {
    return new BarFolder(folder).read(List.of(GOLD), BarInterval.H1, NOW);
  }
}
