package io.mlassets.inference;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where live bars come from. It reads on one thread of its own, in order, and goes on where it was
 * after what it reads was away. Entries count as read only once the handler returned: a handler
 * that throws sees the same ones again.
 */
sealed interface BarSource extends AutoCloseable permits StreamBars, SqliteBars {

  /** What stands as source of data refused. */
  String name();

  /** What positions of it are told by from those of another source: {@code redis, sqlite}. */
  String kind();

  /** The position before its first entry. */
  String beginning();

  /** Positions, earlier ones first. */
  Comparator<String> order();

  /**
   * Starts reading; once.
   *
   * @param after entries after this position are read
   * @param handler called on the source's thread with one or more entries, or with none while
   *     nothing comes, so that it can do work of its own on that thread
   */
  void start(String after, Consumer<List<BarEntry>> handler);

  /** Stops reading and waits until the handler has returned. */
  @Override
  void close();
}
