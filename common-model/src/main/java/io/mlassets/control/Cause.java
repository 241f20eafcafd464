package io.mlassets.control;

/** Why trading may be stopped; each stops it on its own. */
public enum Cause {
  /** A person said so. */
  OPERATOR,
  /** The booked trades' sum fell too far from its peak. */
  DRAWDOWN,
  /** The trades closed within a day lost too much. */
  DAILY_LOSS,
  /** Too many trades in a row lost. */
  CONSECUTIVE_LOSSES,
  /** No newer bar was decided on while the market was open. */
  STALE_BARS,
  /** The Expert Advisor does not answer the orders it was sent. */
  SILENT_EA,
  /** What an Expert Advisor holds is not what its booked deals come to, or is not known. */
  POSITIONS,
  /** Live results stayed away from the backtest's (F-01). */
  DRIFT
}
