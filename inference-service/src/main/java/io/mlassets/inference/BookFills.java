package io.mlassets.inference;

import io.mlassets.channel.TradeNotice;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells the pairs of this process of the fills of their orders. For the decision thread only. */
@Component
class BookFills {
  private final TradeInbox trades;
  private final DecidingModel model;
  private final LivePairs pairs;
  private final PairFaults faults;

  BookFills(TradeInbox trades, DecidingModel model, LivePairs pairs, PairFaults faults) {
    this.trades = trades;
    this.model = model;
    this.pairs = pairs;
    this.faults = faults;
  }

  /** Books what came since the last time. */
  void book() {
    trades.take().forEach(this::book);
  }

  private void book(TradeNotice notice) {
    LiveModel current = model.now();
    if (current == null || !notice.mode().equals(current.mode().wire())) {
      return;
    }
    for (LivePair pair : pairs.all()) {
      if (pair.pair().equals(notice.fill().pair())) {
        faults.contain(
            pair,
            notice.fill().filledAt(),
            () -> pair.holding().filled(UUID.fromString(notice.signalId()), notice.fill()));
      }
    }
  }
}
