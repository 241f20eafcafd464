package io.mlassets.ea;

/**
 * What was heard so far.
 *
 * @param malformed messages and entries that were no signals or heartbeats
 * @param stale signals and heartbeats of an earlier leader, or older than what was heard
 * @param duplicates signals pushed that were read before
 * @param received signals taken up, HOLD too
 */
public record EaCounts(long malformed, long stale, long duplicates, long received) {
  static final EaCounts NONE = new EaCounts(0, 0, 0, 0);

  EaCounts oneMalformed() {
    return new EaCounts(malformed + 1, stale, duplicates, received);
  }

  EaCounts oneStale() {
    return new EaCounts(malformed, stale + 1, duplicates, received);
  }

  EaCounts oneDuplicate() {
    return new EaCounts(malformed, stale, duplicates + 1, received);
  }

  EaCounts oneReceived() {
    return new EaCounts(malformed, stale, duplicates, received + 1);
  }
}
