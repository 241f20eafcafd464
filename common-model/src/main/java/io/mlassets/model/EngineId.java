package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The engine a tree model was trained with, and the form its file has. */
public enum EngineId {
  /** LightGBM's text form. */
  LIGHTGBM("txt"),
  /** XGBoost's JSON form. */
  XGBOOST("json");

  private final String suffix;

  EngineId(String suffix) {
    this.suffix = suffix;
  }

  /** Reads {@code lightgbm} or {@code xgboost}. */
  @JsonCreator
  public static EngineId parse(String text) {
    for (EngineId id : values()) {
      if (id.wire().equals(text)) {
        return id;
      }
    }
    throw new IllegalArgumentException("engine '%s' is not lightgbm or xgboost".formatted(text));
  }

  /** The name in files, tables and on the command line: {@code lightgbm}, {@code xgboost}. */
  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The file's suffix inside a bundle, without the dot. */
  public String suffix() {
    return suffix;
  }
}
