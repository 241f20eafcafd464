package io.mlassets.trade;

import io.mlassets.market.Instrument;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Matches entry and exit deals of each account and pair, in the order of the signals they obeyed. A
 * position is closed when every leg's exit volume reaches its entry volume; it may take several
 * deals and several EXIT signals.
 */
public final class RoundTrips {
  private final Function<Symbol, Instrument> instruments;
  private final Map<Book, OpenTrip> open = new HashMap<>();
  private final List<RoundTrip> closed = new ArrayList<>();
  private int unmatched;

  private record Book(String account, Pair pair) {}

  private RoundTrips(Function<Symbol, Instrument> instruments) {
    this.instruments = instruments;
  }

  /**
   * What became of the deals.
   *
   * @param closed positions flat again, in the order they closed
   * @param open positions still held
   * @param unmatched exit deals without a position, and positions given up because another entry
   *     came before they were flat
   */
  public record Matched(List<RoundTrip> closed, int open, int unmatched) {}

  /** Matches deals of one mode, in any order. */
  public static Matched match(List<LiveFill> fills, Function<Symbol, Instrument> instruments) {
    RoundTrips trips = new RoundTrips(instruments);
    fills.stream()
        .sorted(
            Comparator.comparingLong(LiveFill::signalSeq)
                .thenComparing(LiveFill::filledAt)
                .thenComparingLong(LiveFill::dealTicket))
        .forEach(trips::book);
    return new Matched(List.copyOf(trips.closed), trips.open.size(), trips.unmatched);
  }

  private void book(LiveFill fill) {
    Book book = new Book(fill.account(), fill.pair());
    if (fill.action() == Action.ENTER) {
      enter(book, fill);
    } else {
      exit(book, fill);
    }
  }

  private void enter(Book book, LiveFill fill) {
    OpenTrip trip = open.get(book);
    if (trip == null || trip.entrySeq() != fill.signalSeq()) {
      unmatched += trip == null ? 0 : 1;
      trip = new OpenTrip(fill);
      open.put(book, trip);
    }
    trip.enter(fill);
  }

  private void exit(Book book, LiveFill fill) {
    OpenTrip trip = open.get(book);
    if (trip == null || !trip.exit(fill)) {
      unmatched++;
      return;
    }
    if (trip.isFlat()) {
      open.remove(book);
      closed.add(trip.closed(instruments));
    }
  }
}
