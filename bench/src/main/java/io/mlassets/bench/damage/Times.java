package io.mlassets.bench.damage;

import io.mlassets.bench.Report;
import io.mlassets.bench.Table;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Times that were measured, in seconds.
 *
 * @param rising sorted
 */
record Times(List<Double> rising) {

  Times {
    rising = rising.stream().sorted().toList();
  }

  /** The nearest rank; 0 without any. */
  double rank(double share) {
    int last = rising.size() - 1;
    return rising.isEmpty() ? 0 : rising.get((int) Math.min(last, share * rising.size()));
  }

  double longest() {
    return rank(1);
  }

  void row(Table table, String what) {
    table.row(what, rising.size(), rank(0.5), rank(0.99), longest());
  }

  SequencedMap<String, @Nullable Object> fields() {
    return Report.fields(
        "count", rising.size(), "p50", rank(0.5), "p99", rank(0.99), "max", longest());
  }
}
