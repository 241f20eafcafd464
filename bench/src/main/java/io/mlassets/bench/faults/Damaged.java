package io.mlassets.bench.faults;

import io.mlassets.bench.Bounds;
import io.mlassets.bench.Table;

/**
 * What became of documents none of which says anything true.
 *
 * @param what they were
 * @param damaged different damaged ones
 * @param refused of them, each with a reason
 * @param accepted of them
 * @param sound ones sent among them
 * @param lost of the sound ones
 */
record Damaged(String what, long damaged, long refused, long accepted, long sound, long lost) {

  /** Adds its row to a table of what was done how often. */
  void row(Table table) {
    table
        .row("damaged " + what + " sent", damaged, "")
        .row("  refused with a reason", refused, "")
        .row("  accepted", accepted, "")
        .row("  sound ones among them", sound, "")
        .row("    lost", lost, "");
  }

  /** Adds what should not be. */
  void judge(Bounds bounds) {
    bounds
        .all(refused, damaged, "damaged " + what + " were refused with a reason")
        .none(accepted, "damaged " + what + " were accepted")
        .none(lost, "sound " + what + " were lost");
  }
}
