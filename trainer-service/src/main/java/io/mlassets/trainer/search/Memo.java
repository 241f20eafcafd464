package io.mlassets.trainer.search;

/**
 * Numbers by three numbers, so that what is costly is computed once. A table with open addressing:
 * it is asked hundreds of times for every proposal. A full one is forgotten.
 */
final class Memo {
  private static final int FIRST = 1 << 12;
  private static final int CAPACITY = 1 << 18;
  private static final int WORDS = 4;
  private double[] table = new double[WORDS * FIRST];
  private boolean[] used = new boolean[FIRST];
  private int count;

  /** Computes what is not known. */
  @FunctionalInterface
  interface Function {
    double of(double a, double b, double c);
  }

  double get(double a, double b, double c, Function function) {
    int mask = used.length - 1;
    int slot = hash(a, b, c) & mask;
    while (used[slot]) {
      int at = slot * WORDS;
      if (table[at] == a && table[at + 1] == b && table[at + 2] == c) {
        return table[at + 3];
      }
      slot = (slot + 1) & mask;
    }
    double value = function.of(a, b, c);
    put(slot, a, b, c, value);
    return value;
  }

  private void put(int slot, double a, double b, double c, double value) {
    int at = slot * WORDS;
    table[at] = a;
    table[at + 1] = b;
    table[at + 2] = c;
    table[at + 3] = value;
    used[slot] = true;
    count++;
    if (2 * count > used.length) {
      grow();
    }
  }

  private void grow() {
    double[] old = table;
    boolean[] there = used;
    int size = Math.min(2 * used.length, CAPACITY);
    boolean full = size == used.length;
    table = new double[WORDS * size];
    used = new boolean[size];
    count = 0;
    for (int i = 0; i < there.length && !full; i++) {
      if (there[i]) {
        int at = i * WORDS;
        int slot = hash(old[at], old[at + 1], old[at + 2]) & (size - 1);
        while (used[slot]) {
          slot = (slot + 1) & (size - 1);
        }
        put(slot, old[at], old[at + 1], old[at + 2], old[at + 3]);
      }
    }
  }

  private static int hash(double a, double b, double c) {
    long bits = Double.doubleToRawLongBits(a);
    bits = bits * 0x9E3779B97F4A7C15L + Double.doubleToRawLongBits(b);
    bits = bits * 0x9E3779B97F4A7C15L + Double.doubleToRawLongBits(c);
    bits *= 0x9E3779B97F4A7C15L;
    return (int) (bits >>> 40);
  }
}
