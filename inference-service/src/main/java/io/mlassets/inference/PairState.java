package io.mlassets.inference;

import io.mlassets.inference.risk.RiskFigures;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The latest of one pair, as operators and other tools see it.
 *
 * @param pair the pair
 * @param interval length of its bars
 * @param mode live or shadow
 * @param modelVersion the bundle that scored it
 * @param barTs UTC start of the bar decided on
 * @param zScore z-score at its close
 * @param returnProb AI1
 * @param riskScore AI2
 * @param positionScale size a signal carries
 * @param action last decision
 * @param reason why
 * @param position {@code FLAT, LONG_SPREAD, SHORT_SPREAD}
 * @param positionConfirmed whether a fill has confirmed it
 * @param barsHeld bars the position is old
 * @param missingLegs bars given up because a leg never came
 * @param entriesStopped whether its entries are stopped
 * @param risk what AI2 did to its newest candidates; null until that is known
 * @param features the latest feature values by name
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record PairState(
    Pair pair,
    BarInterval interval,
    SignalMode mode,
    String modelVersion,
    Instant barTs,
    double zScore,
    double returnProb,
    double riskScore,
    double positionScale,
    Action action,
    String reason,
    String position,
    boolean positionConfirmed,
    int barsHeld,
    long missingLegs,
    boolean entriesStopped,
    @Nullable RiskFigures risk,
    @Nullable Map<String, Double> features) {

  static PairState of(Decided decided, Holding holding, long missingLegs) {
    var signal = decided.signal();
    Map<String, Double> features = new LinkedHashMap<>();
    for (String name : decided.features().schema().names()) {
      features.put(name, decided.features().get(name));
    }
    return new PairState(
        signal.pair(),
        signal.interval(),
        signal.mode(),
        signal.modelVersion().value(),
        signal.barTs(),
        signal.zScore(),
        signal.returnProb(),
        signal.riskScore(),
        signal.positionScale(),
        signal.action(),
        signal.reason(),
        holding.side(),
        holding.isConfirmed(),
        holding.barsHeld(),
        missingLegs,
        false,
        null,
        features);
  }

  /** Without the features, for lists. */
  PairState brief() {
    return with(entriesStopped, risk, null);
  }

  /** With what is watched beside its decisions. */
  PairState watched(boolean stopped, @Nullable RiskFigures figures) {
    return with(stopped, figures, features);
  }

  private PairState with(
      boolean stopped, @Nullable RiskFigures figures, @Nullable Map<String, Double> values) {
    return new PairState(
        pair,
        interval,
        mode,
        modelVersion,
        barTs,
        zScore,
        returnProb,
        riskScore,
        positionScale,
        action,
        reason,
        position,
        positionConfirmed,
        barsHeld,
        missingLegs,
        stopped,
        figures,
        values);
  }
}
