package io.mlassets.trainer.dataset;

import io.mlassets.market.Bar;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import java.util.ArrayList;
import java.util.List;

/** Joins two legs' bars on their common starts. */
final class JoinLegs {
  private JoinLegs() {}

  /** The pair's bars, in time order; a bar one leg lacks is left out. */
  static List<PairBar> of(Pair pair, List<Bar> a, List<Bar> b) {
    List<PairBar> joined = new ArrayList<>(Math.min(a.size(), b.size()));
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      int order = a.get(i).ts().compareTo(b.get(j).ts());
      if (order == 0) {
        joined.add(new PairBar(pair, a.get(i++), b.get(j++)));
      } else if (order < 0) {
        i++;
      } else {
        j++;
      }
    }
    return joined;
  }
}
