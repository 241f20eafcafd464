package io.mlassets.backtest;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The time axis cut twice: into folds, between which thresholds are chosen, and into equal groups,
 * for {@link Cscv}. A block is a stretch that lies in one of each.
 */
@SuppressWarnings("ArrayRecordComponent") // read by position in inner loops, never compared
record SweepBlocks(int[] start, int[] fold, int[] group, int folds, int groups) {

  /** Periods are the folds', in time order; what lies before or after belongs to the nearest. */
  static SweepBlocks of(TimeAxis axis, List<Period> periods, int groups) {
    TreeSet<Integer> cuts = new TreeSet<>();
    int[] foldStart = new int[periods.size()];
    for (int k = 1; k < foldStart.length; k++) {
      foldStart[k] = axis.firstFrom(periods.get(k).from());
      cuts.add(foldStart[k]);
    }
    int[] groupStart = new int[groups];
    for (int g = 1; g < groups; g++) {
      groupStart[g] = (int) ((long) axis.size() * g / groups);
      cuts.add(groupStart[g]);
    }
    cuts.add(0);
    cuts.add(axis.size());
    int[] start = cuts.stream().mapToInt(i -> i).toArray();
    int blocks = start.length - 1;
    int[] fold = new int[blocks];
    int[] group = new int[blocks];
    for (int b = 0; b < blocks; b++) {
      fold[b] = lastAtOrBefore(foldStart, start[b]);
      group[b] = lastAtOrBefore(groupStart, start[b]);
    }
    return new SweepBlocks(start, fold, group, periods.size(), groups);
  }

  private static int lastAtOrBefore(int[] starts, int position) {
    int last = 0;
    for (int i = 1; i < starts.length; i++) {
      last = starts[i] <= position ? i : last;
    }
    return last;
  }

  int size() {
    return fold.length;
  }

  /** The fold of every point of the axis. */
  int[] foldOfTime() {
    int[] folds = new int[start[size()]];
    for (int b = 0; b < size(); b++) {
      Arrays.fill(folds, start[b], start[b + 1], fold[b]);
    }
    return folds;
  }

  /** One past the last point of each fold. */
  int[] foldEnds() {
    int[] ends = new int[folds];
    for (int b = 0; b < size(); b++) {
      ends[fold[b]] = start[b + 1];
    }
    return ends;
  }
}
