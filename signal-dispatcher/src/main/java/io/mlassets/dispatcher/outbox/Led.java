package io.mlassets.dispatcher.outbox;

/**
 * What the leader of a stream knows of it without asking. It is dropped at any failure, and each
 * thing in it is checked where it matters: the epoch by every write, numbers by the database, the
 * tip by Redis.
 */
final class Led {
  private final long epoch;
  private long renewedAt;
  private long nextSeq;
  private long sent;
  private boolean backlog = true;
  private long oldestRunning;

  /**
   * At the beginning, when rows that are numbered and not sent may be there.
   *
   * @param renewedAt {@link System#nanoTime} before the lease was taken
   * @param nextSeq the next number to give
   * @param sent the last number Redis has
   * @param oldestRunning what whoever led before knew of it
   */
  Led(long epoch, long renewedAt, long nextSeq, long sent, long oldestRunning) {
    this.epoch = epoch;
    this.renewedAt = renewedAt;
    this.nextSeq = nextSeq;
    this.sent = sent;
    this.oldestRunning = oldestRunning;
  }

  long epoch() {
    return epoch;
  }

  /** Nanoseconds since the lease was taken last. */
  long sinceRenewal() {
    return System.nanoTime() - renewedAt;
  }

  void renewed(long at) {
    renewedAt = at;
  }

  long nextSeq() {
    return nextSeq;
  }

  void numbered(long next) {
    nextSeq = next;
  }

  long sent() {
    return sent;
  }

  void sent(long last) {
    sent = last;
  }

  /** Whether the database may have numbered rows that Redis does not. */
  boolean hasBacklog() {
    return backlog;
  }

  void backlog(boolean now) {
    backlog = now;
  }

  /** Signals that no older transaction wrote are all there can be news of; 0 without any. */
  long oldestRunning() {
    return oldestRunning;
  }

  /** All that was visible while this transaction was the oldest running is dispatched. */
  void seenBefore(long transaction) {
    oldestRunning = transaction;
  }
}
