package io.mlassets.bench.faults;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * What is booked for an account whose sound deals have tickets from 1 on.
 *
 * @param floor where
 * @param account whose
 */
record BookedFills(Floor floor, String account) {
  private static final long PATIENCE_SECONDS = 600;

  /** Waits until the last sound one is booked, if there is one; not for ever. */
  void await(long sound) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (sound > 0 && count("deal_ticket = " + sound) == 0 && System.nanoTime() < deadline) {
      Thread.sleep(200);
    }
  }

  /** Booked although no sound fill told of it. */
  long invented(long sound) throws SQLException {
    return count("deal_ticket not between 1 and " + sound);
  }

  /** Sound ones that are not booked. */
  long missing(long sound) throws SQLException {
    return sound - count("deal_ticket between 1 and " + sound);
  }

  private long count(String where) throws SQLException {
    return floor
        .servers()
        .number(
            "select count(*) from core.live_trades where account = '%s' and %s"
                .formatted(account, where));
  }
}
