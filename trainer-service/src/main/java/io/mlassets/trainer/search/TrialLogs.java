package io.mlassets.trainer.search;

/** Where the trials of studies are written. */
@FunctionalInterface
public interface TrialLogs {

  /**
   * The log of one study.
   *
   * @param study what determines the study's trials, as one hash
   */
  TrialLog of(String study);

  /** Keeps nothing. */
  static TrialLogs none() {
    return study -> TrialLog.none();
  }
}
