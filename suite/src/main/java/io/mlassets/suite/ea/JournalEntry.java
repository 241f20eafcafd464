package io.mlassets.suite.ea;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal: everything up to {@code seq} is settled, and what was done at it.
 *
 * @param seq the signal's number
 * @param signalId which signal had that number; null when it could not be read
 * @param action ENTER or EXIT; null on a line that only says how far was read
 * @param why why an order asked for was not given; null when it was
 * @param deals what was dealt and refused
 */
@JsonPropertyOrder({"seq", "signal_id", "action", "why", "deals"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record JournalEntry(
    long seq,
    @JsonProperty("signal_id") @Nullable String signalId,
    @Nullable String action,
    @Nullable String why,
    List<Deal> deals) {

  /** Refuses deals of another signal with {@link IllegalArgumentException}. */
  JournalEntry {
    // Lines without deals do not name them.
    deals = deals == null ? List.of() : List.copyOf(deals);
    for (Deal deal : deals) {
      if (deal.signalSeq() != seq) {
        throw new IllegalArgumentException(
            "deal %d is of signal %d, not %d".formatted(deal.dealTicket(), deal.signalSeq(), seq));
      }
    }
  }

  /** Nothing was to be done up to this number. */
  static JournalEntry readUpTo(long seq, @Nullable String signalId) {
    return new JournalEntry(seq, signalId, null, null, List.of());
  }
}
