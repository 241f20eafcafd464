package io.mlassets.feature;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The features of this build, in schema order. */
enum FeatureName {
  Z_SCORE,
  PAIR_CLASS;

  static List<String> namesInOrder() {
    return Arrays.stream(values()).map(FeatureName::schemaName).toList();
  }

  String schemaName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
