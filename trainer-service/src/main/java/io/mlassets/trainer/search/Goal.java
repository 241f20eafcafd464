package io.mlassets.trainer.search;

/** Whether small or large values are good. */
public enum Goal {
  /** Small values are good. */
  MINIMISE,
  /** Large values are good. */
  MAXIMISE;

  /** The value as a loss: the smaller the better. */
  double loss(double value) {
    return this == MINIMISE ? value : -value;
  }
}
