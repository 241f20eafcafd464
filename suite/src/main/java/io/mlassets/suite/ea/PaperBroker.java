package io.mlassets.suite.ea;

import io.mlassets.ea.EaAction;
import io.mlassets.ea.EaDeal;
import io.mlassets.ea.EaQuote;
import io.mlassets.ea.EaResult;
import io.mlassets.ea.OrderId;
import io.mlassets.market.Symbol;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The broker of one account: deals what is ordered and keeps every order in a file of its own, so
 * that it knows them when the Expert Advisor was killed before it heard of them. It deals whatever
 * it is told to, twice too: that no order comes twice is the Expert Advisor's business.
 */
final class PaperBroker implements AutoCloseable {
  static final int REJECTED = 10_006;
  static final int DONE = 10_009;
  static final int DONE_PARTIAL = 10_010;
  static final int NO_QUOTES = 10_021;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double LOT_STEP = 0.01;

  /** Before any market there is; what was refused then still needs a time. */
  private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

  /** One order and what came of it, a line of the file. */
  record Order(
      long magic,
      String pair,
      String symbol,
      double lots,
      int retcode,
      Instant at,
      List<EaDeal> deals) {
    private double dealt() {
      double sum = deals.stream().mapToDouble(EaDeal::lots).sum();
      return lots < 0 ? -sum : sum;
    }
  }

  private final PaperAccount account;
  private final PaperMarket market;
  private final LineFile file;
  private final List<Order> orders = new ArrayList<>();
  private final Map<Symbol, Double> positions = new HashMap<>();
  private long tickets;

  private PaperBroker(PaperAccount account, PaperMarket market, LineFile file) {
    this.account = account;
    this.market = market;
    this.file = file;
  }

  /**
   * Opens an account's, or begins one.
   *
   * @throws IllegalStateException when another one has the file, or a line is no order
   */
  static PaperBroker open(PaperAccount account, PaperMarket market, Path path) {
    PaperBroker broker = new PaperBroker(account, market, LineFile.open(path));
    for (String line : broker.file.lines()) {
      broker.take(line);
    }
    return broker;
  }

  private void take(String line) {
    try {
      take(JSON.readValue(line, Order.class));
    } catch (JacksonException e) {
      throw new IllegalStateException(
          "%s: line %d is no order: %s".formatted(file, orders.size() + 1, line), e);
    }
  }

  private void take(Order order) {
    orders.add(order);
    order.deals().forEach(deal -> tickets = Math.max(tickets, deal.ticket()));
    if (order.dealt() != 0) {
      positions.merge(new Symbol(order.symbol()), order.dealt(), (a, b) -> stepped(a + b));
    }
  }

  private static double stepped(double lots) {
    return Math.round(lots / LOT_STEP) * LOT_STEP;
  }

  /** Deals, or refuses; on record before anyone hears of it. */
  EaResult order(EaAction.Order asked) {
    // From the number of orders, so that an account's luck is the same however often it restarts.
    SplittableRandom luck = new SplittableRandom(31 * account.seed() + orders.size());
    Optional<EaQuote> quote = market.quote(asked.symbol());
    int retcode = DONE;
    List<EaDeal> deals = List.of();
    if (quote.isEmpty()) {
      retcode = NO_QUOTES;
    } else if (!asked.closing() && luck.nextDouble() < account.rejectShare()) {
      retcode = REJECTED;
    } else {
      deals = deals(Math.abs(asked.lots()), price(quote.get(), asked.lots() > 0, luck), luck);
    }
    Order order =
        new Order(
            asked.id().magic(),
            asked.pair().id(),
            asked.symbol().name(),
            asked.lots(),
            retcode,
            now(),
            deals);
    file.append(JSON.writeValueAsString(order));
    take(order);
    return new EaResult(asked.id(), retcode, order.at(), deals);
  }

  private double price(EaQuote quote, boolean buy, SplittableRandom luck) {
    double slip = luck.nextDouble() * account.slippageBps() * 1e-4;
    return buy ? quote.ask() * (1 + slip) : quote.bid() * (1 - slip);
  }

  private List<EaDeal> deals(double lots, double price, SplittableRandom luck) {
    double first = stepped(lots / 2);
    double rest = stepped(lots - first);
    if (first >= LOT_STEP && rest >= LOT_STEP && luck.nextDouble() < account.partialShare()) {
      return List.of(
          new EaDeal(tickets + 1, first, price, DONE_PARTIAL),
          new EaDeal(tickets + 2, rest, price, DONE));
    }
    return List.of(new EaDeal(tickets + 1, lots, price, DONE));
  }

  private Instant now() {
    Instant last = orders.isEmpty() ? LONG_AGO : orders.getLast().at();
    return market.now().isAfter(last) ? market.now() : last;
  }

  /** What became of the orders of this number; no deals when none is known. */
  EaResult lookUp(EaAction.LookUp asked) {
    OrderId id = asked.id();
    List<Order> found = orders.stream().filter(order -> order.magic() == id.magic()).toList();
    List<EaDeal> deals = found.stream().flatMap(order -> order.deals().stream()).toList();
    return found.isEmpty()
        ? new EaResult(id, 0, now(), deals)
        : new EaResult(id, found.getLast().retcode(), found.getLast().at(), deals);
  }

  /** Net lots by symbol, positive when bought; 0 where nothing is left. */
  Map<Symbol, Double> positions() {
    return Map.copyOf(positions);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
