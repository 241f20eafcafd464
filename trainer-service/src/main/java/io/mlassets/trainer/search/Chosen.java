package io.mlassets.trainer.search;

import java.util.Arrays;

/**
 * Some trials of a study.
 *
 * @param trials their numbers, rising
 * @param places for each trial of the study its place among them, or -1
 */
record Chosen(int[] trials, int[] places) {

  /** Trials by their numbers, of so many. */
  static Chosen of(int[] trials, int all) {
    int[] places = new int[all];
    Arrays.fill(places, -1);
    for (int i = 0; i < trials.length; i++) {
      places[trials[i]] = i;
    }
    return new Chosen(trials, places);
  }

  int count() {
    return trials.length;
  }
}
