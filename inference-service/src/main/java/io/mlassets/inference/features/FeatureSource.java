package io.mlassets.inference.features;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where live vectors come from. It reads on one thread of its own, in order, and goes on where it
 * was after what it reads was away; a handler that throws sees the same entries again.
 */
sealed interface FeatureSource extends AutoCloseable permits StreamFeatures, SqliteFeatures {

  /** What stands as source of data refused. */
  String name();

  /**
   * Starts reading; once.
   *
   * @param after vectors of bars that start after this are needed, UTC; older ones may come along
   * @param handler called on the source's thread with one or more entries, or with none while
   *     nothing comes
   */
  void start(Instant after, Consumer<List<FeatureEntry>> handler);

  /** Stops reading and waits until the handler has returned. */
  @Override
  void close();
}
