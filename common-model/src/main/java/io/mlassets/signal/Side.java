package io.mlassets.signal;

/** Direction of one leg of an order. */
public enum Side {
  BUY,
  SELL;

  /** The side that closes this one. */
  public Side opposite() {
    return this == BUY ? SELL : BUY;
  }

  /** +1 for a purchase, −1 for a sale. */
  public int sign() {
    return this == BUY ? 1 : -1;
  }
}
