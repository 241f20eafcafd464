package io.mlassets.ea;

import io.mlassets.ea.Lines.Asked;
import io.mlassets.ea.RespReader.NotRespException;
import java.util.List;
import java.util.Optional;

/** Keeps the connections up and sends and receives what they are for (C). */
final class Session {
  private static final int LOOK_BACK = 512;
  private static final int MOST_UNDER_WAY = 200;
  private static final long SECOND = 1_000;

  private enum Stage {
    DOWN,
    LOGGING_IN,
    LOOKING_BACK,
    IN,
    LOOKING_AGAIN
  }

  private final EaConfig config;
  private final List<String> channels;
  private final Outbox outbox;
  private final MarketTime clock;
  private final Answers answers;
  private final Lines lines;
  private final Hearing hearing;
  private Stage stage = Stage.DOWN;
  private int subscribed;
  private long secondAt;
  private long pingAt = -1;

  Session(
      EaConfig config,
      Outbox outbox,
      MarketTime clock,
      Answers answers,
      Lines lines,
      Hearing hearing) {
    this.config = config;
    this.channels = Channel.of(config).subscribed();
    this.outbox = outbox;
    this.clock = clock;
    this.answers = answers;
    this.lines = lines;
    this.hearing = hearing;
  }

  /** C2. */
  void connected(EaSocket socket, long now, Actions out) {
    if (!lines.isConnecting()) {
      return;
    }
    lines.connected(socket, now, out);
    if (socket == EaSocket.SIGNALS) {
      lines.send(socket, List.of("SUBSCRIBE", channels.get(0), channels.get(1)), out);
    }
    stage = Stage.LOGGING_IN;
    lookBack(out);
  }

  void lost(EaSocket socket, long now, Actions out) {
    if (lines.isOpen(socket) || lines.isConnecting()) {
      lose(now, out);
    }
  }

  /** C8. */
  private void lose(long now, Actions out) {
    lines.lose(now, out);
    stage = Stage.DOWN;
    subscribed = 0;
    pingAt = -1;
    hearing.deafen();
    outbox.doubt();
  }

  /** Takes bytes; false when there is nothing to read of them. */
  boolean received(EaSocket socket, byte[] bytes, long now, Actions out) {
    if (!lines.isOpen(socket)) {
      return false;
    }
    if (!lines.received(socket, bytes, now)) {
      lose(now, out);
      return false;
    }
    return true;
  }

  /** C3: both sockets are logged in and the subscription stands. */
  private void lookBack(Actions out) {
    if (stage != Stage.LOGGING_IN || subscribed < channels.size() || !lines.isReady()) {
      return;
    }
    stage = Stage.LOOKING_BACK;
    askWhatIsThere(out);
  }

  private void askWhatIsThere(Actions out) {
    String most = Integer.toString(LOOK_BACK);
    for (Asked what : List.of(Asked.FOUND_FILLS, Asked.FOUND_ACKS)) {
      String stream = streamOf(what).name(config.channels());
      lines.ask(what, List.of("XREVRANGE", stream, "+", "-", "COUNT", most), out);
    }
  }

  private static EaDocument.Stream streamOf(Asked what) {
    return what == Asked.FOUND_FILLS ? EaDocument.Stream.FILLS : EaDocument.Stream.ACKS;
  }

  /** C4, C5, H5. */
  private void lookedBack(long now, Actions out) {
    outbox.add(EaDocument.Stream.POSITIONS, answers.positions(now), 0);
    if (stage == Stage.LOOKING_BACK) {
      secondAt = now + SECOND;
      hearing.await(now, out);
    }
    stage = Stage.IN;
  }

  private boolean isIn() {
    return stage == Stage.IN || stage == Stage.LOOKING_AGAIN;
  }

  /** Takes the next reply; false when none is whole. */
  boolean readNext(long now, Actions out) {
    try {
      Optional<Lines.Heard> heard = lines.next();
      if (heard.isEmpty()) {
        return false;
      }
      RespReply reply = heard.get().reply();
      if (heard.get().socket() == EaSocket.SIGNALS) {
        onSignals(reply, now, out);
      } else {
        onCommands(reply, now, out);
      }
    } catch (NotRespException e) {
      lose(now, out); // C8: what it was does not matter, the connection is not to be trusted.
    }
    return true;
  }

  private void onSignals(RespReply reply, long now, Actions out) {
    if (lines.loggedIn(EaSocket.SIGNALS)) {
      if (!(reply instanceof RespReply.Status)) {
        lose(now, out);
      }
      return;
    }
    List<String> words =
        reply instanceof RespReply.Many many
            ? many.items().stream().map(RespReply::text).toList()
            : List.of();
    String what = words.isEmpty() ? "" : words.getFirst();
    int channel = words.size() == 3 ? channels.indexOf(words.get(1)) : -1;
    if (what.equals("subscribe") && subscribed < channels.size() && channel == subscribed) {
      subscribed++;
      lookBack(out);
    } else if (what.equals("pong") && words.size() == 2 && pingAt >= 0) {
      clock.trip(now - pingAt);
      pingAt = -1;
    } else if (what.equals("message") && channel == 0) {
      hearing.pushed(words.get(2), out);
    } else if (what.equals("message") && channel == 1) {
      hearing.beat(words.get(2), now, out);
    } else {
      lose(now, out);
    }
  }

  private void onCommands(RespReply reply, long now, Actions out) {
    Optional<Asked> asked = lines.answered();
    if (asked.isEmpty() || !fits(asked.get(), reply)) {
      lose(now, out);
      return;
    }
    switch (asked.get()) {
      case LOGIN -> {
        lines.loggedIn(EaSocket.COMMANDS);
        lookBack(out);
      }
      case DOCUMENT -> outbox.arrived();
      case FOUND_FILLS, FOUND_ACKS -> {
        if (asked.get() == Asked.FOUND_FILLS) {
          outbox.doubt(); // What was under way has arrived before.
        }
        for (StreamPage.Entry entry : StreamPage.of(reply)) {
          outbox.found(streamOf(asked.get()), entry.json());
        }
        if (asked.get() == Asked.FOUND_ACKS) {
          lookedBack(now, out);
        }
      }
      case REPLAY -> hearing.page(StreamPage.of(reply), out);
    }
  }

  /** C8: whether a reply is of the kind asked for, and no longer. */
  private static boolean fits(Asked asked, RespReply reply) {
    return switch (asked) {
      case LOGIN -> reply instanceof RespReply.Status;
      case DOCUMENT -> reply instanceof RespReply.Bulk;
      case FOUND_FILLS, FOUND_ACKS ->
          reply instanceof RespReply.Many many && many.items().size() <= LOOK_BACK;
      case REPLAY -> reply instanceof RespReply.Many many && Hearing.isPage(many.items());
    };
  }

  /** C4, H5. */
  void sendDocuments(Actions out) {
    if (stage == Stage.IN && hearing.takeNewEpoch()) {
      stage = Stage.LOOKING_AGAIN;
      askWhatIsThere(out);
    }
    if (stage != Stage.IN || hearing.isStopped()) {
      return;
    }
    int most = MOST_UNDER_WAY - lines.outstanding();
    // Another history's dispatcher must not take our answers for its own signals'.
    for (EaDocument one : outbox.take(most, hearing.knowsWhoListens())) {
      String stream = one.stream.name(config.channels());
      lines.ask(Asked.DOCUMENT, List.of("XADD", stream, "*", "json", one.text), out);
    }
  }

  /** C1, C7, C8. */
  void tick(long now, Actions out) {
    if (lines.areDown()) {
      lines.connect(now, out);
    } else if (lines.areSilent(now, isIn())) {
      lose(now, out);
    } else if (isIn()) {
      hearing.tick(now, out);
      everySecond(now, out);
    }
  }

  private void everySecond(long now, Actions out) {
    if (now < secondAt) {
      return;
    }
    secondAt = now + SECOND;
    if (pingAt < 0) {
      pingAt = now;
      lines.send(EaSocket.SIGNALS, List.of("PING"), out);
    }
    hearing.everySecond(out);
  }
}
