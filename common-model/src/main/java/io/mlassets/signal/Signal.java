package io.mlassets.signal;

import io.mlassets.decision.Thresholds;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One decision on one bar of one pair. Every decision is a signal, HOLD too.
 *
 * @param signalId identity, unique over all time
 * @param mode live or shadow
 * @param pair the pair
 * @param interval the bar's length
 * @param barTs UTC start of the bar decided on
 * @param timestamp when the signal was made, UTC, whole seconds on the wire
 * @param expiresAt an entry must not be executed after this instant
 * @param zScore z-score of the spread at the close of the bar
 * @param returnProb calibrated probability of reversion, in [0, 1]
 * @param riskScore calibrated probability of a risk event, in [0, 1]
 * @param positionScale size as a fraction of the full position, in [0, 1]
 * @param action enter, exit or hold
 * @param legs the two legs for ENTER and EXIT, empty for HOLD
 * @param riskFlag whether {@code riskScore >= theta2}
 * @param thresholds the thresholds in force
 * @param modelVersion the bundle that scored the bar
 * @param policyHash hash of the policies in force
 * @param leverageReduction share by which size is cut when the risk flag is up, in [0, 1]
 * @param reason why, in few words, such as {@code return_prob<=theta1}
 */
public record Signal(
    UUID signalId,
    SignalMode mode,
    Pair pair,
    BarInterval interval,
    Instant barTs,
    Instant timestamp,
    Instant expiresAt,
    double zScore,
    double returnProb,
    double riskScore,
    double positionScale,
    Action action,
    List<Leg> legs,
    boolean riskFlag,
    Thresholds thresholds,
    ModelVersion modelVersion,
    String policyHash,
    double leverageReduction,
    String reason) {

  /** Refuses scores outside [0, 1] and legs that do not fit the action. */
  public Signal {
    legs = List.copyOf(legs);
    requireProbability("return_prob", returnProb);
    requireProbability("risk_score", riskScore);
    requireProbability("position_scale", positionScale);
    requireProbability("leverage_reduction", leverageReduction);
    if (!Double.isFinite(zScore)) {
      throw new IllegalArgumentException("z_score %s is not finite".formatted(zScore));
    }
    if (legs.isEmpty() != (action == Action.HOLD)) {
      throw new IllegalArgumentException("%s with %d legs".formatted(action, legs.size()));
    }
  }

  private static void requireProbability(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("%s %s is not in [0, 1]".formatted(key, value));
    }
  }

  /**
   * {@code SELL_XAUUSD, BUY_XAGUSD} on entry, {@code CLOSE_XAUUSD, CLOSE_XAGUSD} on exit, {@code
   * HOLD}.
   */
  public String entry() {
    return switch (action) {
      case HOLD -> "HOLD";
      case EXIT ->
          legs.stream().map(leg -> "CLOSE_" + leg.symbol()).collect(Collectors.joining(", "));
      case ENTER ->
          legs.stream()
              .map(leg -> leg.side() + "_" + leg.symbol())
              .collect(Collectors.joining(", "));
    };
  }

  /** The same decision as a HOLD without legs, because it may not be acted on any more. */
  public Signal withheld(String why) {
    return new Signal(
        signalId,
        mode,
        pair,
        interval,
        barTs,
        timestamp,
        expiresAt,
        zScore,
        returnProb,
        riskScore,
        positionScale,
        Action.HOLD,
        List.of(),
        riskFlag,
        thresholds,
        modelVersion,
        policyHash,
        leverageReduction,
        why);
  }

  /**
   * The HOLD that goes out under the number of an entry that was taken back.
   *
   * @param outcome what became of the entry instead, such as {@code BLOCKED}
   */
  public Signal takenBack(String outcome) {
    return withheld(outcome.toLowerCase(Locale.ROOT) + " before it was sent");
  }

  /** The specification's {@code confidence}: the calibrated probability of reversion. */
  public double confidence() {
    return returnProb;
  }
}
