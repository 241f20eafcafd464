package io.mlassets.trade;

import io.mlassets.market.Instrument;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Matches entry and exit deals of each account and pair, in the order of the signals they obeyed. A
 * position is closed when every leg's exit volume reaches its entry volume; it may take several
 * deals and several EXIT signals.
 */
public final class RoundTrips {
  private final Function<Symbol, Optional<Instrument>> instruments;
  private final Map<Book, OpenTrip> open = new HashMap<>();
  private final List<RoundTrip> closed = new ArrayList<>();
  private final Set<Symbol> withoutCosts = new TreeSet<>(Comparator.comparing(Symbol::name));
  private int unmatched;

  private record Book(String account, Pair pair) {}

  private RoundTrips(Function<Symbol, Optional<Instrument>> instruments) {
    this.instruments = instruments;
  }

  /**
   * What became of the deals.
   *
   * @param closed positions flat again, in the order they closed
   * @param open positions still held
   * @param unmatched exit deals without a position, and positions given up because another entry
   *     came before they were flat
   * @param withoutCosts symbols of closed positions whose costs nobody knows: counted as none
   */
  public record Matched(
      List<RoundTrip> closed, int open, int unmatched, Set<Symbol> withoutCosts) {}

  /**
   * Matches deals of one mode, in any order.
   *
   * @param instruments costs by symbol; a deal on a symbol that was taken out of the catalogue
   *     since still counts, without costs
   */
  public static Matched match(
      List<LiveFill> fills, Function<Symbol, Optional<Instrument>> instruments) {
    RoundTrips trips = new RoundTrips(instruments);
    fills.stream()
        .sorted(
            Comparator.comparingLong(LiveFill::signalSeq)
                // What takes an orphan leg back has its entry's number.
                .thenComparing(LiveFill::action)
                .thenComparing(LiveFill::filledAt)
                .thenComparingLong(LiveFill::dealTicket))
        .forEach(trips::book);
    return new Matched(
        List.copyOf(trips.closed),
        trips.open.size(),
        trips.unmatched,
        Collections.unmodifiableSet(trips.withoutCosts));
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
      trip.symbols().stream()
          .filter(s -> instruments.apply(s).isEmpty())
          .forEach(withoutCosts::add);
    }
  }
}
