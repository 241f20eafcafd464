package io.mlassets.dispatcher.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.archive.ArchiveManifest;
import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.ArchivePlace;
import io.mlassets.archive.HashList;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Days on their way from live table to history and archive, on a real PostgreSQL. */
@Tag("S-04")
@Tag("S-05")
class ArchiveRunTest {
  private static final LocalDate DAY = ArchiveBench.FIRST;
  private final ArchiveBench bench = new ArchiveBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void days_that_are_over_move_and_every_reader_still_sees_every_signal() {
    bench.day(DAY);
    bench.day(DAY.plusDays(1));
    List<String> before = bench.everything(DAY);

    ArchiveReport report = bench.archive().run();

    assertThat(report.failed()).isEmpty();
    assertThat(report.moved())
        .containsExactly(new ArchivePart(DAY, 1), new ArchivePart(DAY.plusDays(1), 1));
    assertThat(report.signals()).isEqualTo(2 * ArchiveBench.SIGNALS);
    assertThat(bench.everything(DAY)).isEqualTo(before).hasSize(2 * ArchiveBench.SIGNALS);
    assertThat(bench.live(DAY)).isZero();
    assertThat(bench.history(DAY)).isEqualTo(ArchiveBench.SIGNALS);
    assertThat(bench.hasPartition(DAY)).isFalse();
    assertThat(bench.step(DAY, 1)).isEqualTo("DROPPED");
    // The newest bar's day is not over.
    assertThat(bench.live(ArchiveBench.LAST)).isEqualTo(1);
    assertThat(bench.archive().run().moved()).isEmpty();
  }

  @Test
  void the_files_are_csv_by_gzip_and_sha256sum_agrees_with_their_list() throws Exception {
    bench.day(DAY);
    bench.archive().run();

    Process check =
        new ProcessBuilder("sha256sum", "--check", "--strict", HashList.NAME)
            .directory(bench.file(DAY, 1, "").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(bench.file(DAY, 1, ArchiveManifest.SIGNALS)))) {
      String csv = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(csv).startsWith("signal_id,mode,model_scope,pair,interval,bar_ts,timestamp,");
      assertThat(csv).contains("2025-07-01 00:01:00+00", "0.30000000000000004", "NaN");
    }
  }

  @Test
  void a_day_with_a_signal_whose_outcome_is_not_recorded_stays() {
    bench.day(DAY);
    bench.decide(DAY, 1, "late");
    bench.day(DAY.plusDays(1));
    bench
        .owner
        .sql(
            "update core.signal_dispatch set sent_at = null where seq in (select max(seq) from"
                + " core.signal_dispatch)")
        .update();

    ArchiveReport report = bench.archive().run();

    assertThat(report.moved()).isEmpty();
    assertThat(report.waiting())
        .containsExactly(
            new ArchiveReport.Waiting(DAY, ArchiveBench.SIGNALS + 1, 1),
            new ArchiveReport.Waiting(DAY.plusDays(1), ArchiveBench.SIGNALS, 1));
    bench.dispatch(DAY);
    assertThat(bench.archive().run().moved()).containsExactly(new ArchivePart(DAY, 1));
  }

  @Test
  void signals_that_come_after_their_day_was_archived_make_a_further_part() {
    bench.day(DAY);
    bench.archive().run();
    // As an inference that still takes the partition for there: its row goes to the default one.
    bench.decide(DAY, 3, "late");
    bench.owner.sql("select core.ensure_signal_partition(?)").param(DAY).query().listOfRows();
    bench.dispatch(DAY);
    List<String> before = bench.everything(DAY);

    assertThat(bench.archive().run().moved()).containsExactly(new ArchivePart(DAY, 2));

    assertThat(bench.everything(DAY)).isEqualTo(before);
    assertThat(bench.history(DAY)).isEqualTo(ArchiveBench.SIGNALS + 3);
    assertThat(bench.archive().check(new ArchivePart(DAY, 1))).isEmpty();
    assertThat(bench.archive().check(new ArchivePart(DAY, 2))).isEmpty();
  }

  @Test
  void signals_that_come_while_their_day_is_archived_are_stored_before_anything_moves() {
    bench.day(DAY);
    Meddling store =
        new Meddling(
            bench,
            () -> {
              bench.decide(DAY, 2, "in between");
              bench.dispatch(DAY);
            });

    ArchiveReport report = bench.over(store, bench.place().name()).run();

    assertThat(report.failed()).isEmpty();
    assertThat(bench.history(DAY)).isEqualTo(ArchiveBench.SIGNALS + 2);
    assertThat(bench.live(DAY)).isZero();
    assertThat(bench.archive().days().getFirst().stored().signals())
        .isEqualTo(ArchiveBench.SIGNALS + 2);
    assertThat(bench.archive().check(new ArchivePart(DAY, 1))).isEmpty();
  }

  @Test
  void a_signal_that_comes_while_its_day_is_archived_keeps_it_live_until_it_is_dispatched() {
    bench.day(DAY);
    Meddling store = new Meddling(bench, () -> bench.decide(DAY, 1, "not dispatched yet"));

    ArchiveReport report = bench.over(store, bench.place().name()).run();

    assertThat(report.failed()).isEmpty();
    assertThat(report.waiting())
        .containsExactly(new ArchiveReport.Waiting(DAY, ArchiveBench.SIGNALS + 1, 1));
    assertThat(bench.live(DAY)).isEqualTo(ArchiveBench.SIGNALS + 1);
    bench.dispatch(DAY);
    assertThat(bench.archive().run().moved()).containsExactly(new ArchivePart(DAY, 1));
    assertThat(bench.history(DAY)).isEqualTo(ArchiveBench.SIGNALS + 1);
  }

  @Test
  void a_day_whose_rows_were_deleted_or_changed_after_they_were_stored_is_not_stored_over() {
    bench.day(DAY);
    Meddling store =
        new Meddling(
            bench,
            () ->
                bench
                    .owner
                    .sql("delete from core.signals_live where bar_ts < ?::timestamptz")
                    .param(DAY + "T00:05:00Z")
                    .update());

    ArchiveReport report = bench.over(store, bench.place().name()).run();

    assertThat(report.failed()).singleElement().asString().contains("(36 live, 40 stored)");
    assertThat(bench.history(DAY)).isZero();
    assertThat(bench.archive().check(new ArchivePart(DAY, 1))).isEmpty();
    assertThat(bench.archive().run().failed()).hasSize(1);
  }

  @Test
  void what_is_read_back_damaged_moves_nothing_and_is_stored_again_by_the_next_run() {
    bench.day(DAY);
    Meddling store =
        new Meddling(
            bench, () -> ArchiveBench.tamper(bench.file(DAY, 1, ArchiveManifest.DISPATCH)));

    ArchiveReport report = bench.over(store, bench.place().name()).run();

    assertThat(report.failed())
        .singleElement()
        .asString()
        .contains("2025/07/01/part-1/dispatch.csv.gz SHA-256 is", "listed is");
    assertThat(bench.live(DAY)).isEqualTo(ArchiveBench.SIGNALS);
    assertThat(bench.archive().run().moved()).hasSize(1);
  }

  @Test
  void files_of_another_database_in_the_same_place_are_left_as_they_are() throws Exception {
    Path others = bench.file(DAY, 3, HashList.NAME);
    Files.createDirectories(others.getParent());
    Files.writeString(others, "somebody's");
    bench.day(DAY);

    assertThat(bench.archive().run().moved()).containsExactly(new ArchivePart(DAY, 4));
    assertThat(others).hasContent("somebody's");
  }

  @Test
  void a_share_that_is_not_mounted_is_an_error_and_its_folder_is_not_made() {
    bench.day(DAY);
    Path away = bench.folder.resolveSibling("nas").toAbsolutePath();
    ArchivePlace.Folder nas = new ArchivePlace.Folder(away, true);

    ArchiveReport report = bench.over(new FolderStore(nas), nas.name()).run();

    assertThat(report.failed()).singleElement().asString().contains("is the share mounted?");
    assertThat(away).doesNotExist();
    assertThat(bench.live(DAY)).isEqualTo(ArchiveBench.SIGNALS);
  }

  @Test
  void an_empty_folder_where_the_last_part_should_be_is_an_error() throws Exception {
    bench.day(DAY);
    bench.archive().run();
    Files.move(bench.folder, bench.folder.resolveSibling("elsewhere"));
    bench.day(DAY.plusDays(1));

    assertThat(bench.archive().run().failed())
        .singleElement()
        .asString()
        .contains("2025-07-01 part 1, archived there, is missing");
    assertThat(bench.live(DAY.plusDays(1))).isEqualTo(ArchiveBench.SIGNALS);
  }

  @Test
  void only_one_run_at_a_time_over_all_processes() {
    bench.day(DAY);
    Meddling store =
        new Meddling(bench, () -> assertThat(bench.archive().run()).isEqualTo(ArchiveReport.BUSY));

    assertThat(bench.over(store, bench.place().name()).run().moved()).hasSize(1);
  }

  @Test
  void a_partition_in_use_does_not_hold_up_signals_and_goes_with_the_next_run() throws Exception {
    bench.day(DAY);
    try (Connection reader = bench.servers.dataSource().getConnection();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("lock table core.signals_live in access share mode");

      assertThat(bench.archive().run().moved()).hasSize(1);
      assertThat(bench.step(DAY, 1)).isEqualTo("MOVED");
      assertThat(bench.hasPartition(DAY)).isTrue();
      reader.rollback();
    }
    bench.archive().run();
    assertThat(bench.step(DAY, 1)).isEqualTo("DROPPED");
    assertThat(bench.hasPartition(DAY)).isFalse();
  }

  @Test
  void the_dispatcher_may_move_what_is_verified_and_delete_nothing() {
    bench.day(DAY);
    JdbcClient dispatcher = JdbcClient.create(bench.dispatcher);

    assertThatThrownBy(() -> dispatcher.sql("delete from core.signals_live").update())
        .hasStackTraceContaining("permission denied for table signals_live");
    assertThatThrownBy(
            () ->
                dispatcher
                    .sql("select core.move_signals(?, 1, ?)")
                    .params(DAY, UUID.randomUUID())
                    .query()
                    .listOfRows())
        .hasStackTraceContaining("part 1 of 2025-07-01 is not verified");
    assertThat(bench.live(DAY)).isEqualTo(ArchiveBench.SIGNALS);
  }

  @Test
  void history_and_the_view_of_all_signals_have_every_column_a_signal_has() {
    List<String> live = new ArrayList<>(columns("signals_live"));
    assertThat(live.removeLast()).isEqualTo("written_by xid8");
    assertThat(columns("signals")).isEqualTo(live);
    assertThat(columns("signals_history").subList(0, live.size())).isEqualTo(live);
  }

  private List<String> columns(String table) {
    return bench
        .owner
        .sql(
            """
            select column_name || ' ' || data_type from information_schema.columns
            where table_schema = 'core' and table_name = ? order by ordinal_position
            """)
        .param(table)
        .query(String.class)
        .list();
  }
}
