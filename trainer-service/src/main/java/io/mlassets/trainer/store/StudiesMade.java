package io.mlassets.trainer.store;

import io.mlassets.backtest.Overfitting;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.pipeline.OutOfFold;
import io.mlassets.trainer.pipeline.SearchHistory;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The studies a run made, by what determines them: the same made again tries nothing new.
 *
 * @param parameters keys of its searches for parameters
 * @param trials trials of each of them
 * @param choice hash of the scores and of the thresholds tried on them
 * @param choices thresholds and calibrations looked at
 */
record StudiesMade(List<String> parameters, int trials, String choice, int choices) {

  /** Copies the list. */
  StudiesMade {
    parameters = List.copyOf(parameters);
  }

  static StudiesMade of(Candidate candidate) {
    List<SearchHistory> searches = candidate.searches();
    return new StudiesMade(
        searches.stream().map(SearchHistory::study).toList(),
        searches.stream().mapToInt(search -> search.trials().size()).max().orElse(0),
        choiceOf(candidate),
        candidate.manifest().overfitting().trials()
            - searches.stream().mapToInt(SearchHistory::looks).sum());
  }

  private static String choiceOf(Candidate candidate) {
    MessageDigest digest = sha256();
    for (OutOfFold row : candidate.outOfFold()) {
      add(
          digest,
          row.scores().returnProb(),
          row.scores().riskScore(),
          row.scores().positionScale());
    }
    Overfitting found = candidate.manifest().overfitting();
    add(digest, found.trials(), found.meanCorrelation(), found.rawTrialsDeviation());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
