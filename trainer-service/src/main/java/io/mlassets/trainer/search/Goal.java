package io.mlassets.trainer.search;

/** Whether small or large values are good. */
public enum Goal {
  /** Small values are good. */
  MINIMISE,
  /** Large values are good. */
  MAXIMISE
}
