package io.mlassets.dispatcher.reconcile;

import io.mlassets.channel.AnswerReader;
import io.mlassets.control.Cause;
import io.mlassets.dispatcher.control.AwaitedReports;
import io.mlassets.dispatcher.control.TradingStates;
import io.mlassets.dispatcher.reconcile.ReportBook.Kept;
import io.mlassets.dispatcher.reconcile.ReportBook.Status;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.platform.MarketClock;
import io.mlassets.platform.web.ConflictException;
import io.mlassets.platform.web.NotFoundException;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import io.mlassets.trade.HeldLots;
import io.mlassets.trade.Reconcile;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * An operator takes what an Expert Advisor's broker holds for true: what is missing among the deals
 * is booked as corrections, marked by the decision, and the cause ends with the last difference.
 */
@Component
class AdoptPositions {
  private static final Logger log = LoggerFactory.getLogger(AdoptPositions.class);

  /** Second symbol of a pair made up for a symbol no pair is known for. */
  private static final Symbol ADOPTED = new Symbol("ADOPTED");

  /**
   * What was done.
   *
   * @param account the account
   * @param decision number of its row in {@code audit.position_decisions}
   * @param corrections lots booked, negative when sold
   */
  record Adopted(String account, long decision, List<HeldLots> corrections) {}

  private final AnswerReader reader;
  private final ReportBook book;
  private final CorrectionBook corrections;
  private final TradingStates states;
  private final AwaitedReports awaited;
  private final MarketClock marketClock;
  private final TransactionOperations transactions;

  AdoptPositions(
      SignalSeal seal,
      ReportBook book,
      CorrectionBook corrections,
      TradingStates states,
      AwaitedReports awaited,
      MarketClock marketClock,
      TransactionOperations transactions) {
    this.reader = new AnswerReader(seal);
    this.book = book;
    this.corrections = corrections;
    this.states = states;
    this.awaited = awaited;
    this.marketClock = marketClock;
    this.transactions = transactions;
  }

  /**
   * Adopts.
   *
   * @param account may be left out when only one account differs
   * @throws ConflictException when none or several differ, or fills may still be on their way
   * @throws NotFoundException when the account never reported
   */
  Adopted adopt(@Nullable String account, String reason, String actor) {
    String of = account == null ? onlyOne() : account;
    Adopted adopted =
        Objects.requireNonNull(transactions.execute(status -> book(of, reason, actor)));
    awaited.settled(of);
    log.warn(
        "{} adopted the positions of {}: {}; booked {}", actor, of, reason, adopted.corrections());
    boolean differs =
        book.all().stream()
            .filter(one -> one.mode().equals(SignalMode.LIVE.wire()))
            .anyMatch(one -> one.status() == Status.DIFFERS);
    if (!differs) {
      states.over(Cause.POSITIONS, reason, actor);
    }
    return adopted;
  }

  private String onlyOne() {
    List<String> differing =
        book.all().stream()
            .filter(one -> one.status() == Status.DIFFERS)
            .map(Kept::account)
            .toList();
    if (differing.size() != 1) {
      throw new ConflictException(
          differing.isEmpty()
              ? "no account differs; name one to adopt its positions all the same"
              : "several accounts differ: %s; name one".formatted(String.join(", ", differing)));
    }
    return differing.getFirst();
  }

  private Adopted book(String account, String reason, String actor) {
    Kept report = locked(account);
    if (report.status() == Status.CHECKING) {
      throw new ConflictException(
          account + ": its report is being compared, fills may be on their way; try again soon");
    }
    Instant asOf = book.now();
    List<HeldLots> booked = book.booked(account, report.lastSeq(), asOf);
    List<HeldLots> missing =
        Reconcile.corrections(
            booked, reader.positions(report.document()), symbol -> pairOf(symbol, report));
    long decision =
        corrections.decide("adopt", account, actor, reason, Optional.of(report), missing);
    corrections.book(report, decision, missing, marketClock.now());
    book.note(report, Status.ADOPTED, List.of(), asOf);
    return new Adopted(account, decision, missing);
  }

  private Pair pairOf(Symbol symbol, Kept report) {
    return corrections
        .newestPairWith(symbol, report.mode())
        .orElseGet(() -> new Pair(symbol, ADOPTED));
  }

  private Kept locked(String account) {
    return book.locked(account)
        .orElseThrow(() -> new NotFoundException("a report of positions of " + account));
  }

  /**
   * Forgets an account that is no more: it owes no answers and entries do not wait for it, until it
   * is heard again.
   */
  void forget(String account, String reason, String actor) {
    transactions.executeWithoutResult(
        status -> {
          Optional<Kept> report = book.locked(account);
          if (!book.forget(account)) {
            throw new NotFoundException("account " + account);
          }
          corrections.decide("forget", account, actor, reason, report, List.of());
        });
    awaited.settled(account);
    log.warn("{} forgot account {}: {}", actor, account, reason);
  }
}
