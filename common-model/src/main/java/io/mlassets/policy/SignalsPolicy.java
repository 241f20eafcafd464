package io.mlassets.policy;

import io.mlassets.archive.ArchiveRules;
import io.mlassets.control.EntryRules;
import io.mlassets.control.StopRules;
import java.time.Duration;

/**
 * {@code config/signals_policy.yaml}.
 *
 * @param signalsTable table of live signals
 * @param signalsHistoryTable table of archived signals
 * @param archiveTarget where the daily archive goes
 * @param archivePath folder, or bucket for object stores
 * @param archive when days are archived
 * @param stops when trading is stopped by itself
 * @param entries limits on entries
 * @param alertWindow within it, alerts of one kind are folded into one; in [PT0S, P1D]
 */
public record SignalsPolicy(
    String signalsTable,
    String signalsHistoryTable,
    ArchiveTarget archiveTarget,
    String archivePath,
    ArchiveRules archive,
    StopRules stops,
    EntryRules entries,
    Duration alertWindow) {
  /** Alerts of one kind per minute, where the file says nothing. */
  public static final Duration ALERT_WINDOW = Duration.ofMinutes(1);

  private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  public SignalsPolicy {
    if (alertWindow.isNegative() || alertWindow.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "alert_window: %s is not in [PT0S, P1D]".formatted(alertWindow));
    }
  }

  /** Where archives can go. */
  public enum ArchiveTarget {
    NAS,
    LOCAL,
    S3,
    WASABI,
    B2
  }
}
