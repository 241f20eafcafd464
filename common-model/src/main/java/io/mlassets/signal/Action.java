package io.mlassets.signal;

/** What a signal asks for. */
public enum Action {
  ENTER,
  EXIT,
  HOLD
}
