package io.mlassets.ea;

import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import io.mlassets.signal.SignalSeal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far signals were read, whose the log is, and the signals taken up that wait (S). */
final class SignalLog {
  /** What is taken up: a signal, or a number nobody can read. */
  record Taken(long seq, @Nullable EaSignal signal) {}

  /** What an entry of the log led to. */
  enum Entry {
    READ,
    UNREADABLE,
    OF_ANOTHER_HISTORY
  }

  private final SignalSeal seal;
  private final SignalMode mode;
  private final Deque<Taken> inbox = new ArrayDeque<>();
  private LastSignal last = LastSignal.NONE;
  private boolean ours;

  SignalLog(SignalSeal seal, SignalMode mode) {
    this.seal = seal;
    this.mode = mode;
  }

  void begin(LastSignal from) {
    last = from;
  }

  /** The highest number taken up or passed (S1). */
  LastSignal last() {
    return last;
  }

  /** Whether the log was seen to be the journal's, on this connection (C5). */
  boolean isOurs() {
    return ours;
  }

  /** The connection is new: whose the log is has to be seen again. */
  void doubt() {
    ours = false;
  }

  /** Where to read on: from the last number itself until the log is seen to be the journal's. */
  long readFrom() {
    return !ours && last.seq() > 0 ? last.seq() : last.seq() + 1;
  }

  /** A page was read to its end. */
  void pageRead() {
    ours = ours || last.seq() == 0;
  }

  private void takeUp(EaSignal signal) {
    inbox.add(new Taken(signal.seq(), signal));
    last = new LastSignal(signal.seq(), signal.id(), signal.epoch());
  }

  /** S4, S5: an entry of the log. */
  Entry entry(String id, String text) {
    int dash = id.indexOf('-');
    long seq = dash < 0 ? EaText.NONE : EaText.whole(id.substring(0, dash));
    if (seq < 1 || seq < last.seq()) {
      return Entry.READ;
    }
    Optional<EaSignal> signal = EaSignal.read(text, seal, mode).filter(one -> one.seq() == seq);
    if (signal.filter(last::isOther).isPresent()) {
      return Entry.OF_ANOTHER_HISTORY;
    }
    ours = true;
    if (seq == last.seq()) {
      return Entry.READ;
    }
    if (signal.isPresent() && signal.get().epoch() >= last.epoch()) {
      takeUp(signal.get());
      return Entry.READ;
    }
    if (seq == last.seq() + 1) {
      inbox.add(new Taken(seq, null));
      last = new LastSignal(seq, "", last.epoch());
    }
    return Entry.UNREADABLE;
  }

  /** S3: whether a pushed signal is the next one and not of an earlier leader. */
  boolean isNext(EaSignal signal, long beatEpoch) {
    return signal.seq() == last.seq() + 1
        && signal.epoch() >= last.epoch()
        && signal.epoch() >= beatEpoch;
  }

  /** S3: takes a pushed signal up. */
  void pushed(EaSignal signal) {
    takeUp(signal);
  }

  /** F1: a signal that came as a file. */
  void filed(EaSignal signal) {
    inbox.add(new Taken(signal.seq(), signal));
  }

  int waiting() {
    return inbox.size();
  }

  boolean has(long seq) {
    return inbox.stream().anyMatch(one -> one.seq() == seq);
  }

  /** Takes the next one out. */
  Taken next() {
    return inbox.removeFirst();
  }

  void clear() {
    inbox.clear();
  }

  /** D2: whether a later decision on the pair waits behind a signal that was taken out. */
  boolean supersedes(EaSignal signal) {
    for (Taken later : inbox) {
      EaSignal other = later.signal();
      if (other != null
          && other.action() != Action.HOLD
          && other.pair().equals(signal.pair())
          && other.barTs().isAfter(signal.barTs())) {
        return true;
      }
    }
    return false;
  }
}
