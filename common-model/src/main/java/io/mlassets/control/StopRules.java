package io.mlassets.control;

import java.time.Duration;

/**
 * When trading is stopped by itself, cause by cause. A rule that leads to {@link
 * TradingState#ACTIVE} is switched off.
 *
 * @param drawdown of the booked trades
 * @param dailyLoss of the trades closed within its window, usually a day
 * @param consecutiveLosses trades in a row that lost
 * @param staleBars no newer bar
 * @param silentEa orders without an answer
 * @param drift measurements of model drift in a row
 * @param positions what Expert Advisors hold and what is booked
 */
public record StopRules(
    Loss drawdown,
    Loss dailyLoss,
    Row consecutiveLosses,
    Stale staleBars,
    Silence silentEa,
    Row drift,
    Positions positions) {

  private static final Duration LONGEST_WINDOW = Duration.ofDays(366);

  /** What holds where a policy file says nothing, as one from before these rules. */
  public static final StopRules DEFAULTS =
      new StopRules(
          new Loss(0.10, TradingState.HALTED, Duration.ofDays(30)),
          new Loss(0.04, TradingState.HALTED, Duration.ofDays(1)),
          new Row(8, TradingState.REDUCING, Duration.ofDays(30)),
          new Stale(
              Duration.ofHours(2),
              TradingState.REDUCING,
              WeeklySession.parse("SUN 23:00-FRI 20:00")),
          new Silence(Duration.ofMinutes(2), TradingState.HALTED),
          new Row(3, TradingState.REDUCING, Duration.ofDays(1)),
          new Positions(Duration.ofSeconds(10), Duration.ofSeconds(10), TradingState.HALTED));

  /**
   * A loss, in full positions as the backtest counts them: 0.05 is five per cent of one full
   * position's gross notional.
   *
   * @param limit loss from which it holds, in (0, 100]
   * @param state where it leads
   * @param window how far back trades count
   */
  public record Loss(double limit, TradingState state, Duration window) {
    /** Refuses values out of range with {@link IllegalArgumentException}. */
    public Loss {
      require(limit > 0 && limit <= 100, "limit", limit, "in (0, 100]");
      requireWindow(window);
    }
  }

  /**
   * Things in a row.
   *
   * @param limit how many, in [1, 1000]
   * @param state where it leads
   * @param window how far back they count
   */
  public record Row(int limit, TradingState state, Duration window) {
    /** Refuses values out of range with {@link IllegalArgumentException}. */
    public Row {
      require(limit >= 1 && limit <= 1_000, "limit", limit, "in [1, 1000]");
      requireWindow(window);
    }
  }

  /**
   * Bars that do not come.
   *
   * @param limit open hours the next bar is late by, from which it holds
   * @param state where it leads
   * @param session when bars are expected
   */
  public record Stale(Duration limit, TradingState state, WeeklySession session) {
    /** Refuses values out of range with {@link IllegalArgumentException}. */
    public Stale {
      requireLimit(limit);
    }
  }

  /**
   * Answers that do not come.
   *
   * @param limit time from the first unanswered order from which it holds
   * @param state where it leads
   */
  public record Silence(Duration limit, TradingState state) {
    /** Refuses values out of range with {@link IllegalArgumentException}. */
    public Silence {
      requireLimit(limit);
    }
  }

  /**
   * Positions that are not as booked.
   *
   * @param limit how long a difference must last from which it holds, because fills may be on their
   *     way
   * @param report how long after a start nothing but a report will do, from each account known by
   *     one; from then on complete acks will do as well
   * @param state where it leads
   */
  public record Positions(Duration limit, Duration report, TradingState state) {
    /** Refuses values out of range with {@link IllegalArgumentException}. */
    public Positions {
      requireLimit(limit);
      require(
          !report.isNegative() && report.compareTo(LONGEST_WINDOW) <= 0,
          "report",
          report,
          "in [PT0S, P366D]");
    }
  }

  private static void requireWindow(Duration window) {
    require(
        window.isPositive() && window.compareTo(LONGEST_WINDOW) <= 0,
        "window",
        window,
        "positive and at most P366D");
  }

  private static void requireLimit(Duration limit) {
    require(
        limit.compareTo(Duration.ofSeconds(1)) >= 0 && limit.compareTo(LONGEST_WINDOW) <= 0,
        "limit",
        limit,
        "in [PT1S, P366D]");
  }

  private static void require(boolean holds, String part, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s %s is not %s".formatted(part, value, expected));
    }
  }

  /** The longest window trades are needed for. */
  public Duration tradeWindow() {
    Duration longest = drawdown.window();
    for (Duration window : new Duration[] {dailyLoss.window(), consecutiveLosses.window()}) {
      longest = window.compareTo(longest) > 0 ? window : longest;
    }
    return longest;
  }
}
