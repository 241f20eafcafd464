package io.mlassets.ea;

import io.mlassets.ea.EaDocument.Stream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * Documents for the dispatcher (C3, C4): kept until Redis has them, and a while longer, because
 * Redis may lose what it had. Sending one again is harmless: they are byte-identical and told apart
 * by what they say.
 */
final class Outbox {
  private static final int MOST_KEPT = 256;
  private static final int MOST_BARS = 1_000;

  private final Deque<EaDocument> waiting = new ArrayDeque<>();
  private final Deque<EaDocument> underWay = new ArrayDeque<>();
  private final TreeMap<Long, EaDocument> there = new TreeMap<>();
  private long made;
  private long fillsMade;
  private long barsDropped;

  void add(Stream stream, String text, long seq) {
    waiting.add(new EaDocument(stream, text, seq, made));
    made++;
    if (stream == Stream.FILLS) {
      fillsMade++;
    }
    if (stream == Stream.BARS) {
      dropSurplusBars();
    }
  }

  private void dropSurplusBars() {
    long unkept = waiting.stream().filter(one -> !one.stream.isKept()).count();
    for (Iterator<EaDocument> all = waiting.iterator(); unkept > MOST_BARS && all.hasNext(); ) {
      if (!all.next().stream.isKept()) {
        all.remove();
        barsDropped++;
        unkept--;
      }
    }
  }

  /** Takes up to so many of those that wait, in order; answers to signals only when asked for. */
  List<EaDocument> take(int most, boolean answers) {
    List<EaDocument> taken = new ArrayList<>();
    for (Iterator<EaDocument> all = waiting.iterator(); taken.size() < most && all.hasNext(); ) {
      EaDocument one = all.next();
      if (answers || !one.stream.isKept()) {
        all.remove();
        underWay.add(one);
        taken.add(one);
      }
    }
    return taken;
  }

  /** Redis answered the oldest that was under way. */
  void arrived() {
    EaDocument one = underWay.removeFirst();
    if (one.stream.isKept()) {
      keep(one);
    }
  }

  private void keep(EaDocument one) {
    there.put(one.number, one);
    if (there.size() > MOST_KEPT) {
      there.pollFirstEntry();
    }
  }

  /** The connection is new: nothing is sure until it was looked for. */
  void doubt() {
    TreeMap<Long, EaDocument> all = new TreeMap<>(there);
    underWay.forEach(one -> all.put(one.number, one));
    waiting.forEach(one -> all.put(one.number, one));
    there.clear();
    underWay.clear();
    waiting.clear();
    all.values().stream().filter(one -> one.stream != Stream.POSITIONS).forEach(waiting::add);
  }

  /** The stream has this document. */
  void found(Stream stream, String text) {
    for (Iterator<EaDocument> all = waiting.iterator(); all.hasNext(); ) {
      EaDocument one = all.next();
      if (one.stream == stream && one.text.equals(text)) {
        all.remove();
        keep(one);
        return;
      }
    }
  }

  /** After a restart from the journal only the newest can be in doubt. */
  void trim() {
    while (waiting.size() > MOST_KEPT) {
      waiting.removeFirst();
    }
  }

  /** Fills and acks of one signal that are kept, in the order they were made. */
  List<EaDocument> of(long seq) {
    TreeMap<Long, EaDocument> found = new TreeMap<>(there);
    underWay.forEach(one -> found.put(one.number, one));
    waiting.forEach(one -> found.put(one.number, one));
    return found.values().stream().filter(one -> one.seq == seq).toList();
  }

  long fillsMade() {
    return fillsMade;
  }

  long fillsWaiting() {
    return count(waiting) + count(underWay);
  }

  private static long count(Deque<EaDocument> documents) {
    return documents.stream().filter(one -> one.stream == Stream.FILLS).count();
  }

  long barsDropped() {
    return barsDropped;
  }
}
