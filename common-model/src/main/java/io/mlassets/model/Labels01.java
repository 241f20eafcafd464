package io.mlassets.model;

/** Checks of scores against labels 0 and 1. */
final class Labels01 {
  private Labels01() {}

  /** The number of ones; both labels must occur and every score must be finite. */
  static int positives(double[] scores, double[] labels) {
    if (scores.length != labels.length) {
      throw new IllegalArgumentException(
          "%d scores do not match %d labels".formatted(scores.length, labels.length));
    }
    int positives = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != 0 && labels[i] != 1) {
        throw new IllegalArgumentException("label %s at %d is not 0 or 1".formatted(labels[i], i));
      }
      if (!Double.isFinite(scores[i])) {
        throw new IllegalArgumentException("score %s at %d is not finite".formatted(scores[i], i));
      }
      positives += labels[i] == 1 ? 1 : 0;
    }
    if (positives == 0 || positives == labels.length) {
      throw new IllegalArgumentException(
          "%d of %d labels are 1: both kinds are needed".formatted(positives, labels.length));
    }
    return positives;
  }
}
