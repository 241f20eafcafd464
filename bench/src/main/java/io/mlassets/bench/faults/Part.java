package io.mlassets.bench.faults;

import io.mlassets.bench.Bounds;
import io.mlassets.bench.Table;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What one part of the benchmark did and what came of it. */
sealed interface Part permits BrokenProcesses, SpoiledNetwork {

  /** What broke things, in a word. */
  String by();

  /** What outbox, log, Expert Advisor and trades say at the end. */
  Findings findings();

  /** Adds rows of what was done how often. */
  void rows(Table table);

  /** Adds figures of its own to the report. */
  void fields(SequencedMap<String, @Nullable Object> fields);

  /** Adds what should not be. */
  void judge(Bounds bounds);
}
