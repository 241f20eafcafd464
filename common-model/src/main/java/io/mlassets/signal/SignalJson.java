package io.mlassets.signal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * The JSON form of a sent signal: the specification's eleven fields first, in its order and form,
 * then ours, the seal last where there is one. ASCII, below one kilobyte; numbers plain with at
 * most six decimals, times in UTC, so that the same signal, sequence number and epoch always give
 * the same bytes.
 */
public final class SignalJson {
  /** A sent signal is shorter than this. */
  public static final int LIMIT_BYTES = 1_024;

  private static final int DECIMALS = 6;

  private SignalJson() {}

  /**
   * The bytes to send, as ASCII text.
   *
   * @param seq sequence number in the signal's stream, from 1 without gaps
   * @param epoch fencing epoch of the dispatcher that gave the number
   * @param seal closes it
   * @throws IllegalArgumentException naming the field that is not plain ASCII, or the length when
   *     it is {@value #LIMIT_BYTES} bytes or more
   */
  public static String of(Signal signal, long seq, long epoch, SignalSeal seal) {
    StringBuilder json = new StringBuilder(640);
    json.append('{');
    text(json, "timestamp", seconds(signal.timestamp()));
    text(json, "pair", signal.pair().display());
    number(json, "z_score", signal.zScore());
    number(json, "return_prob", signal.returnProb());
    number(json, "risk_score", signal.riskScore());
    text(json, "entry", signal.entry());
    number(json, "confidence", signal.confidence());
    raw(json, "risk_flag", signal.riskFlag() ? "1" : "0");
    number(json, "theta1", signal.thresholds().theta1());
    number(json, "theta2", signal.thresholds().theta2());
    number(json, "position_scale", signal.positionScale());
    text(json, "signal_id", signal.signalId().toString());
    raw(json, "seq", Long.toString(seq));
    raw(json, "epoch", Long.toString(epoch));
    text(json, "action", signal.action().name());
    raw(json, "legs", signal.legs().stream().map(SignalJson::leg).collect(listed()));
    text(json, "model_version", signal.modelVersion().value());
    text(json, "policy_hash", signal.policyHash());
    number(json, "leverage_reduction", signal.leverageReduction());
    text(json, "bar_ts", signal.barTs().toString());
    text(json, "expires_at", signal.expiresAt().toString());
    text(json, "interval", signal.interval().iso());
    text(json, "mode", signal.mode().wire());
    text(json, "reason", signal.reason());
    json.setLength(json.length() - 1);
    String closed = seal.close(json.toString());
    if (closed.length() >= LIMIT_BYTES) {
      throw new IllegalArgumentException(
          "signal %s takes %d bytes, %d are too many"
              .formatted(signal.signalId(), closed.length(), LIMIT_BYTES));
    }
    return closed;
  }

  private static Collector<CharSequence, ?, String> listed() {
    return Collectors.joining(",", "[", "]");
  }

  private static String leg(Leg leg) {
    return "{\"symbol\":\"%s\",\"side\":\"%s\",\"weight\":%s}"
        .formatted(leg.symbol(), leg.side(), plain(leg.weight()));
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void number(StringBuilder json, String key, double value) {
    raw(json, key, plain(value));
  }

  private static String plain(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static void raw(StringBuilder json, String key, String value) {
    json.append('"').append(key).append("\":").append(value).append(',');
  }

  private static void text(StringBuilder json, String key, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        throw new IllegalArgumentException(
            "%s '%s' has a character that is not plain ASCII".formatted(key, value));
      }
    }
    raw(json, key, '"' + value + '"');
  }
}
