package io.mlassets.trainer.pipeline;

/** Hears how far a run is; called from several threads. */
@FunctionalInterface
public interface ProgressListener {

  /**
   * The run got here.
   *
   * @param stage what is being done, a few words
   * @param done share of the whole run, percent, in [0, 100]
   */
  void at(String stage, int done);

  /** Nobody listens. */
  static ProgressListener silent() {
    return (stage, done) -> {};
  }
}
