package io.mlassets.dispatcher.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.archive.ArchiveManifest;
import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.HashList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The way back: identical rows, nothing twice, and nothing at all from a damaged archive. */
@Tag("S-05")
class ArchiveRestoreTest {
  private static final LocalDate DAY = ArchiveBench.FIRST;
  private static final ArchivePart PART = new ArchivePart(DAY, 1);
  private final ArchiveBench bench = new ArchiveBench();
  private List<String> before = List.of();

  @BeforeEach
  void archive() {
    bench.day(DAY);
    before = bench.everything(DAY);
    assertThat(bench.archive().run().moved()).containsExactly(PART);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void lost_rows_come_back_identical_and_only_they() {
    bench
        .owner
        .sql("delete from core.signals_history where bar_ts < ?::timestamptz")
        .param(DAY + "T00:11:00Z")
        .update();
    bench
        .owner
        .sql("delete from core.signal_dispatch where bar_ts < ?::timestamptz")
        .param(DAY + "T00:06:00Z")
        .update();

    assertThat(bench.archive().restore(PART))
        .contains(new RestoredPart(10, 5, ArchiveBench.SIGNALS, ArchiveBench.SIGNALS));

    assertThat(bench.everything(DAY)).isEqualTo(before);
    assertThat(bench.archive().restore(PART))
        .contains(new RestoredPart(0, 0, ArchiveBench.SIGNALS, ArchiveBench.SIGNALS));
    assertThat(bench.everything(DAY)).isEqualTo(before);
  }

  @Test
  void another_database_is_given_the_rows_and_never_numbers_a_signal_like_one_of_them() {
    try (ArchiveBench other = new ArchiveBench()) {
      SignalArchive archive = other.over(new FolderStore(bench.place()), bench.place().name());
      assertThat(archive.partsOf(DAY)).containsExactly(PART);

      assertThat(archive.restore(PART).orElseThrow().signals()).isEqualTo(ArchiveBench.SIGNALS);

      assertThat(other.everything(DAY)).isEqualTo(before);
      assertThat(other.history(DAY)).isEqualTo(ArchiveBench.SIGNALS);
      assertThat(other.step(DAY, 1)).isEqualTo("DROPPED");
      assertThat(
              other
                  .owner
                  .sql(
                      "select bool_and(next_seq = (select max(seq) + 1 from core.signal_dispatch d"
                          + " where d.stream = l.stream)) from core.dispatch_lease l")
                  .query(Boolean.class)
                  .single())
          .isTrue();
      assertThat(archive.check(PART)).isEmpty();
    }
  }

  @Test
  void a_number_given_to_another_signal_since_is_not_given_back() {
    bench
        .owner
        .sql(
            "update core.signal_dispatch set signal_id = ? where seq = (select max(seq) from"
                + " core.signal_dispatch)")
        .param(UUID.randomUUID())
        .update();

    assertThatThrownBy(() -> bench.archive().restore(PART))
        .hasMessageContaining("given numbers of the archive to other signals: [all:");
  }

  @Test
  void a_row_that_is_there_and_another_is_named_and_nothing_is_restored() {
    UUID changed =
        bench
            .owner
            .sql(
                "update core.signals_history set position_scale = 0.123 where bar_ts ="
                    + " ?::timestamptz returning signal_id")
            .param(DAY + "T00:30:00Z")
            .query(UUID.class)
            .single();
    bench
        .owner
        .sql("delete from core.signals_history where bar_ts < ?::timestamptz")
        .param(DAY + "T00:11:00Z")
        .update();

    assertThatThrownBy(() -> bench.archive().restore(PART))
        .hasMessageContaining("core.signals has other rows than the archive")
        .hasMessageContaining(changed.toString());
    assertThat(bench.history(DAY)).isEqualTo(ArchiveBench.SIGNALS - 10);
  }

  @Test
  void each_tampered_file_is_refused_by_name() throws Exception {
    bench.owner.sql("delete from core.signals_history").update();
    for (String name :
        List.of(
            ArchiveManifest.SIGNALS,
            ArchiveManifest.DISPATCH,
            ArchiveManifest.NAME,
            HashList.NAME)) {
      Path file = bench.file(DAY, 1, name);
      byte[] good = Files.readAllBytes(file);
      ArchiveBench.tamper(file);

      assertThatThrownBy(() -> bench.archive().restore(PART))
          .isInstanceOf(DamagedArchiveException.class)
          .hasMessageContaining("2025/07/01/part-1/" + name + " SHA-256 is ");
      assertThat(bench.history(DAY)).isZero();
      Files.write(file, good);
    }
    assertThat(bench.archive().restore(PART)).isPresent();
    assertThat(bench.everything(DAY)).isEqualTo(before);
  }

  @Test
  void files_and_list_changed_together_are_told_by_what_postgresql_has_on_record()
      throws Exception {
    Path file = bench.file(DAY, 1, ArchiveManifest.SIGNALS);
    Path list = bench.file(DAY, 1, HashList.NAME);
    String old = HashList.sha256(Files.readAllBytes(file));
    ArchiveBench.tamper(file);
    String now = HashList.sha256(Files.readAllBytes(file));
    Files.writeString(list, Files.readString(list).replace(old, now));

    assertThat(bench.archive().check(PART))
        .extracting(ArchiveDamage::object)
        .containsExactly("2025/07/01/part-1/SHA256SUMS", "2025/07/01/part-1/signals.csv.gz");
  }

  @Test
  void bytes_behind_the_compressed_rows_and_missing_files_are_found() throws Exception {
    Path signals = bench.file(DAY, 1, ArchiveManifest.SIGNALS);
    Files.writeString(signals, "more", StandardOpenOption.APPEND);
    Files.delete(bench.file(DAY, 1, ArchiveManifest.DISPATCH));

    assertThat(bench.archive().check(PART))
        .extracting(ArchiveDamage::toString)
        .anySatisfy(text -> assertThat(text).contains("signals.csv.gz SHA-256 is"))
        .anySatisfy(text -> assertThat(text).endsWith("dispatch.csv.gz is missing"));
  }

  @Test
  void a_column_that_came_after_the_archive_keeps_its_default() {
    bench.owner.sql("delete from core.signals_history").update();
    for (String table : List.of("core.signals_live", "core.signals_history")) {
      bench
          .owner
          .sql("alter table %s add column later integer default 5".formatted(table))
          .update();
    }

    assertThat(bench.archive().restore(PART).orElseThrow().signals())
        .isEqualTo(ArchiveBench.SIGNALS);
    assertThat(bench.everything(DAY)).isEqualTo(before);
  }
}
