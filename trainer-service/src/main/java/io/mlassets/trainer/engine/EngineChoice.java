package io.mlassets.trainer.engine;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlassets.model.EngineId;
import java.util.List;
import java.util.Locale;

/** The engines a run searches. */
public enum EngineChoice {
  /** LightGBM alone. */
  LIGHTGBM(EngineId.LIGHTGBM),
  /** XGBoost alone. */
  XGBOOST(EngineId.XGBOOST),
  /** Every engine; the lowest out-of-fold loss decides. */
  BOTH(EngineId.values());

  private final List<EngineId> engines;

  EngineChoice(EngineId... engines) {
    this.engines = List.of(engines);
  }

  /** Reads {@code lightgbm}, {@code xgboost} or {@code both}. */
  @JsonCreator
  public static EngineChoice parse(String text) {
    for (EngineChoice choice : values()) {
      if (choice.wire().equals(text)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "engine '%s' is not lightgbm, xgboost or both".formatted(text));
  }

  /** The name in requests, tables and on the command line. */
  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In the order they are searched. */
  public List<EngineId> engines() {
    return engines;
  }
}
