package io.mlassets.feature;

import io.mlassets.market.Instrument;
import java.util.Locale;

/** The kind of a pair: the one categorical feature. Codes are part of every trained model. */
public enum PairClass {
  METAL(0),
  FX(1),
  INDEX(2),
  ENERGY(3),
  CRYPTO(4),
  SIMULATED(5),
  /** Legs of different asset classes. */
  CROSS(6);

  private final int code;

  PairClass(int code) {
    this.code = code;
  }

  /**
   * The class both legs share, or {@link #CROSS}.
   *
   * @throws IllegalArgumentException if an asset class is unknown
   */
  public static PairClass of(Instrument a, Instrument b) {
    PairClass first = of(a);
    return first == of(b) ? first : CROSS;
  }

  private static PairClass of(Instrument instrument) {
    String name = instrument.assetClass().toUpperCase(Locale.ROOT);
    for (PairClass value : values()) {
      if (value != CROSS && value.name().equals(name)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "%s: asset class '%s' is unknown".formatted(instrument.symbol(), instrument.assetClass()));
  }

  /** The number that stands for the class in a feature vector. */
  public int code() {
    return code;
  }
}
