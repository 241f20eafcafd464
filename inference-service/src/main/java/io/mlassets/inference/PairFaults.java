package io.mlassets.inference;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A pair that cannot be decided on must not take the decisions on the others with it. */
@Component
class PairFaults {
  private static final Logger log = LoggerFactory.getLogger(PairFaults.class);
  private final InferenceMetrics metrics;

  PairFaults(InferenceMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * Does work on one pair; what it throws is counted and logged.
   *
   * @throws UntilDone.StoppedException if the service stops
   */
  void contain(LivePair pair, Instant barTs, Runnable work) {
    try {
      work.run();
    } catch (UntilDone.StoppedException e) {
      throw e;
    } catch (RuntimeException e) {
      metrics.decisionFailed(pair.pair());
      log.error("{}: no decision on bar {}", pair.pair(), barTs, e);
    }
  }
}
