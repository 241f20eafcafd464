package io.mlassets.trainer.search;

import java.util.List;

/** Where the trials of one study are written as they end, to go on after an interruption. */
public interface TrialLog {

  /** What was written before, in any order. */
  List<Trial> trials();

  /** Writes a trial that ended; called from several threads. */
  void add(Trial trial);

  /** Keeps nothing. */
  static TrialLog none() {
    return new TrialLog() {
      @Override
      public List<Trial> trials() {
        return List.of();
      }

      @Override
      public void add(Trial trial) {}
    };
  }
}
