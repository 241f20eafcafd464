package io.mlassets.trade;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an Expert Advisor says it holds.
 *
 * @param account the trading account
 * @param lastSeq number of the last signal it took up; 0 without any
 * @param at market time; null when it was unknown
 * @param journal by its own journal, at most one entry per pair and symbol
 * @param broker by its broker, at most one entry per symbol; null while that is unknown
 * @param difference the first symbol of which both differ, in its words; empty without any
 */
public record PositionReport(
    String account,
    long lastSeq,
    @Nullable Instant at,
    List<HeldLots> journal,
    @Nullable List<NetLots> broker,
    String difference) {

  /** Refuses a report that says a thing twice with {@link IllegalArgumentException}. */
  public PositionReport {
    journal = List.copyOf(journal);
    broker = broker == null ? null : List.copyOf(broker);
    AccountName.require(account);
    AccountName.requireSeq("last_seq", lastSeq, 0);
    requireOnce("journal", journal.size(), journal.stream().map(PositionReport::key).distinct());
    if (broker != null) {
      requireOnce("broker", broker.size(), broker.stream().map(NetLots::symbol).distinct());
    }
  }

  private static List<Object> key(HeldLots held) {
    return List.of(held.pair(), held.symbol());
  }

  private static void requireOnce(String what, int size, Stream<?> distinct) {
    if (distinct.count() < size) {
      throw new IllegalArgumentException(what + " names a symbol twice");
    }
  }
}
