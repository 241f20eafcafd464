package io.mlassets.parity;

import java.util.List;

/** What comes of making a live vector again from stored bars. */
public sealed interface VectorProof {

  /** Every bit is the same. */
  record Same() implements VectorProof {}

  /** The same bars and the same engine give another vector: what decided was not what is meant. */
  record Mismatch(List<Difference> differences) implements VectorProof {

    /** Copies; refuses to be without a difference with {@link IllegalArgumentException}. */
    public Mismatch {
      if (differences.isEmpty()) {
        throw new IllegalArgumentException("a mismatch without a difference");
      }
      differences = List.copyOf(differences);
    }
  }

  /**
   * The table does not have the bars the vector was made from: one was corrected, lost, or came
   * late.
   *
   * @param recorded those it was made from
   * @param found those of the table
   */
  record BarsDiffer(BarsSeen recorded, BarsSeen found) implements VectorProof {}

  /** Nothing can be said. */
  record Unproven(Reason reason) implements VectorProof {}

  /** Why nothing can be said. */
  enum Reason {
    /** The table does not have the vector's own bar yet. */
    NO_BAR_YET,
    /** Made by another build, policy, JVM or processor, which computes other bits. */
    OTHER_ENGINE,
    /** This build makes vectors of another schema, and nobody stored the data pipeline's. */
    OTHER_SCHEMA,
    /** The data pipeline's vector never came; nothing was entered. */
    FEATURES_MISSING
  }

  /**
   * A feature that differs.
   *
   * @param feature its name
   * @param recorded the recorded bits
   * @param again the bits made again
   */
  record Difference(String feature, long recorded, long again) {

    @Override
    public String toString() {
      return "%s %s (%016x), again %s (%016x)"
          .formatted(
              feature,
              Double.longBitsToDouble(recorded),
              recorded,
              Double.longBitsToDouble(again),
              again);
    }
  }
}
