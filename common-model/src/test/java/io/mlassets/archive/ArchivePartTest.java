package io.mlassets.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.archive.ArchivedDay.Contents;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S-04")
class ArchivePartTest {
  private static final LocalDate DAY = LocalDate.parse("2026-01-31");
  private static final ArchivePart PART = new ArchivePart(DAY, 1);

  @Test
  void a_part_has_a_folder_by_its_day_and_number() {
    assertThat(new ArchivePart(DAY, 12).folder()).isEqualTo("2026/01/31/part-12");
    assertThat(ArchivePart.ofFolder("2026/01/31/part-12")).contains(new ArchivePart(DAY, 12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026/02/31/part-1",
        "2026/01/31/part-0",
        "2026/01/31/part-01",
        "2026/01/31",
        "x/2026/01/31/part-1",
        "2026/01/31/part-99999999999"
      })
  void a_folder_of_anything_else_is_no_part(String folder) {
    assertThat(ArchivePart.ofFolder(folder)).isEmpty();
  }

  @Test
  void parts_are_in_order_of_day_and_number() {
    assertThat(
            Stream.of(
                    new ArchivePart(DAY, 10),
                    new ArchivePart(DAY, 9),
                    new ArchivePart(DAY.minusDays(1), 11))
                .sorted())
        .containsExactly(
            new ArchivePart(DAY.minusDays(1), 11),
            new ArchivePart(DAY, 9),
            new ArchivePart(DAY, 10));
  }

  @Test
  void a_number_below_one_is_refused() {
    assertThatThrownBy(() -> new ArchivePart(DAY, 0))
        .hasMessageContaining("part 0 of 2026-01-31 is not at least 1");
  }

  @Test
  void steps_follow_each_other_to_the_last() {
    assertThat(Stream.iterate(ArchiveStep.PLANNED, s -> s.next().orElseThrow()).limit(5))
        .containsExactly(ArchiveStep.values());
    assertThat(ArchiveStep.DROPPED.next()).isEmpty();
    assertThat(Stream.of(ArchiveStep.values()).filter(ArchiveStep::isMoved))
        .containsExactly(ArchiveStep.MOVED, ArchiveStep.DROPPED);
  }

  @Test
  void a_step_that_does_not_follow_is_refused() {
    assertThatThrownBy(
            () -> new ArchivedDay(PART, "p", ArchiveStep.PLANNED, ArchiveStep.MOVED, null, null))
        .hasMessageContaining("MOVED cannot follow PLANNED");
  }

  @Test
  void a_stored_part_without_hashes_is_refused() {
    assertThatThrownBy(() -> new ArchivedDay(PART, "p", ArchiveStep.STORED, null, null, null))
        .hasMessageContaining("STORED without the hashes");
    assertThat(
            new ArchivedDay(
                    PART, "p", ArchiveStep.STORED, null, new Contents(1, 1, 40, "list"), null)
                .stored()
                .hashList())
        .isEqualTo("list");
  }

  @Test
  void a_day_goes_once_it_has_been_over_for_the_days_to_keep() {
    Instant lastBar = Instant.parse("2026-01-31T23:59:00Z");
    assertThat(new ArchiveRules("30 0 * * *", 0).firstKept(lastBar)).isEqualTo("2026-01-31");
    assertThat(new ArchiveRules("30 0 * * *", 7).firstKept(lastBar)).isEqualTo("2026-01-24");
  }

  @Test
  void rules_out_of_range_are_refused() {
    assertThatThrownBy(() -> new ArchiveRules("30 0 * * *", -1))
        .hasMessageContaining("archive_after_days: -1 is not in [0, 3650]");
    assertThatThrownBy(() -> new ArchiveRules("daily", 1))
        .hasMessageContaining("archive_cron: 'daily' is not five fields");
  }
}
