package io.mlassets.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * When the signals of a day leave the live table.
 *
 * @param cron when a run starts, UTC, five fields
 * @param keepDays whole days a day's signals stay after it ended, in [0, 3650]
 */
public record ArchiveRules(String cron, int keepDays) {
  /** Where the policy says nothing: a weekend and some more stay. */
  public static final ArchiveRules DEFAULTS = new ArchiveRules("30 0 * * *", 7);

  private static final int LONGEST = 3_650;

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public ArchiveRules {
    if (keepDays < 0 || keepDays > LONGEST) {
      throw new IllegalArgumentException(
          "archive_after_days: %d is not in [0, 3650]".formatted(keepDays));
    }
    if (cron.strip().split("\\s+").length != 5) {
      throw new IllegalArgumentException(
          "archive_cron: '%s' is not five fields such as '30 0 * * *'".formatted(cron));
    }
  }

  /** The same with another number of days. */
  public ArchiveRules keeping(int days) {
    return new ArchiveRules(cron, days);
  }

  /**
   * The first day that still has to stay.
   *
   * @param marketNow newest bar decided on; in a replay that is years ago
   */
  public LocalDate firstKept(Instant marketNow) {
    return LocalDate.ofInstant(marketNow, ZoneOffset.UTC).minusDays(keepDays);
  }
}
