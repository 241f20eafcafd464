package io.mlassets.ea;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Numbers and times as they stand on the wire: the same value always gives the same text. */
final class EaText {
  /** Where there is no whole number. */
  static final long NONE = -1;

  private static final int DECIMALS = 8;
  private static final double UNITS = 1e8;
  private static final int LONGEST_WHOLE = 18;

  private EaText() {}

  /** At most eight decimals, no exponent, no trailing zeros. */
  static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** Lots without what sums of binary fractions leave behind. */
  static double rounded(double lots) {
    double units = Math.floor(Math.abs(lots) * UNITS + 0.5) / UNITS;
    return lots < 0 ? -units : units;
  }

  /** Decimals only when there are milliseconds. */
  static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** A whole number of at most 18 digits without sign or leading zero; {@link #NONE} if not. */
  static long whole(String text) {
    int length = text.length();
    boolean fits =
        length > 0
            && length <= LONGEST_WHOLE
            && (length == 1 || text.charAt(0) != '0')
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return fits ? Long.parseLong(text) : NONE;
  }
}
