package io.mlassets.suite.demo;

import io.mlassets.signal.SignalMode;
import java.sql.SQLException;
import java.util.List;

/**
 * What training came to.
 *
 * @param modelVersion the candidate
 * @param verdict adopted, held or rejected
 * @param reasons why, with numbers
 * @param mode live when some version is in force, shadow otherwise
 */
record Outcome(String modelVersion, String verdict, List<String> reasons, SignalMode mode) {

  static Outcome of(Records records, Records.Run run) throws SQLException {
    if (!run.status().equals("success") || run.modelVersion() == null || run.verdict() == null) {
      throw new DemoFailure(
          "training ended '%s': %s; see var/log/train.log".formatted(run.status(), run.error()));
    }
    return new Outcome(
        run.modelVersion(),
        run.verdict(),
        run.reasons(),
        records.activeVersion().isPresent() ? SignalMode.LIVE : SignalMode.SHADOW);
  }
}
