package io.mlassets.policy;

/**
 * {@code config/signals_policy.yaml}.
 *
 * @param signalsTable table of live signals
 * @param signalsHistoryTable table of archived signals
 * @param archiveTarget where the daily archive goes
 * @param archivePath folder, or bucket for object stores
 */
public record SignalsPolicy(
    String signalsTable,
    String signalsHistoryTable,
    ArchiveTarget archiveTarget,
    String archivePath) {

  /** Where archives can go. */
  public enum ArchiveTarget {
    NAS,
    LOCAL,
    S3,
    WASABI,
    B2
  }
}
