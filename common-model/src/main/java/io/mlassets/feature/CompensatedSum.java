package io.mlassets.feature;

/** A running sum with Neumaier's compensation: the error does not grow with the number of terms. */
final class CompensatedSum {
  private double sum;
  private double compensation;

  void add(double term) {
    double total = sum + term;
    compensation += Math.abs(sum) >= Math.abs(term) ? (sum - total) + term : (term - total) + sum;
    sum = total;
  }

  void reset() {
    sum = 0;
    compensation = 0;
  }

  double value() {
    return sum + compensation;
  }
}
