package io.mlassets.ea;

import io.mlassets.ea.EaConfig.Login;
import io.mlassets.ea.RespReader.NotRespException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The two connections: what was asked on them, what came, how long they were silent (C). */
final class Lines {
  private static final long SILENCE = 5_000;
  private static final long AGAIN_AFTER = 250;

  /** What a reply on {@code commands} is to. */
  enum Asked {
    LOGIN,
    FOUND_FILLS,
    FOUND_ACKS,
    REPLAY,
    DOCUMENT
  }

  /** A reply and the socket it came on. */
  record Heard(EaSocket socket, RespReply reply) {}

  private static final class Line {
    private final RespReader reader = new RespReader();
    private boolean open;
    private long heardAt;
    private int logins;
  }

  private final Login login;
  private final Map<EaSocket, Line> lines = new EnumMap<>(EaSocket.class);
  private final Deque<Asked> asked = new ArrayDeque<>();
  private boolean connecting;
  private long connectAt;
  private long beginAt;

  Lines(Login login) {
    this.login = login;
    for (EaSocket socket : EaSocket.values()) {
      lines.put(socket, new Line());
    }
  }

  private Line of(EaSocket socket) {
    Line line = lines.get(socket);
    if (line == null) {
      throw new IllegalStateException("no line " + socket);
    }
    return line;
  }

  boolean isOpen(EaSocket socket) {
    return of(socket).open;
  }

  boolean isConnecting() {
    return connecting;
  }

  /** Neither open nor about to be. */
  boolean areDown() {
    return !connecting && lines.values().stream().noneMatch(line -> line.open);
  }

  void connectFrom(long now) {
    connectAt = now;
  }

  /** C1: opens both, when it is time. */
  void connect(long now, Actions out) {
    if (now >= connectAt) {
      connecting = true;
      beginAt = now;
      for (EaSocket socket : EaSocket.values()) {
        out.add(new EaAction.Connect(socket));
      }
    }
  }

  /** C2: logs in. */
  void connected(EaSocket socket, long now, Actions out) {
    Line line = of(socket);
    line.open = true;
    line.heardAt = now;
    String password = login.password();
    String user = login.user();
    if (password != null && user != null) {
      logIn(socket, List.of("AUTH", user, password), out);
    } else if (password != null) {
      logIn(socket, List.of("AUTH", password), out);
    }
    if (login.database() != 0) {
      logIn(socket, List.of("SELECT", Integer.toString(login.database())), out);
    }
    connecting = !lines.values().stream().allMatch(one -> one.open);
  }

  private void logIn(EaSocket socket, List<String> words, Actions out) {
    of(socket).logins++;
    if (socket == EaSocket.COMMANDS) {
      ask(Asked.LOGIN, words, out);
    } else {
      send(socket, words, out);
    }
  }

  void send(EaSocket socket, List<String> words, Actions out) {
    out.add(new EaAction.Send(socket, words));
  }

  void ask(Asked what, List<String> words, Actions out) {
    asked.add(what);
    send(EaSocket.COMMANDS, words, out);
  }

  int outstanding() {
    return asked.size();
  }

  /** What the next reply on {@code commands} is to; empty when nothing was asked. */
  Optional<Asked> answered() {
    return Optional.ofNullable(asked.pollFirst());
  }

  /** Counts a reply to logging in; false when none is outstanding. */
  boolean loggedIn(EaSocket socket) {
    Line line = of(socket);
    if (line.logins == 0) {
      return false;
    }
    line.logins--;
    return true;
  }

  /** Whether {@code commands} may be used. */
  boolean isReady() {
    Line commands = of(EaSocket.COMMANDS);
    return commands.open && commands.logins == 0;
  }

  /** Takes bytes; false when more wait than may. */
  boolean received(EaSocket socket, byte[] bytes, long now) {
    Line line = of(socket);
    line.heardAt = now;
    return line.reader.add(bytes);
  }

  /** The next whole reply, of {@code signals} first. */
  Optional<Heard> next() throws NotRespException {
    for (EaSocket socket : EaSocket.values()) {
      Optional<RespReply> reply = of(socket).reader.next();
      if (reply.isPresent()) {
        return Optional.of(new Heard(socket, reply.get()));
      }
    }
    return Optional.empty();
  }

  /** Whether the peer has been silent for too long, or getting in takes too long (C8). */
  boolean areSilent(long now, boolean in) {
    return in
        ? lines.values().stream().anyMatch(line -> now - line.heardAt > SILENCE)
        : now - beginAt > SILENCE;
  }

  /** Closes both, to connect again. */
  void lose(long now, Actions out) {
    for (Map.Entry<EaSocket, Line> one : lines.entrySet()) {
      if (one.getValue().open || connecting) {
        out.add(new EaAction.Close(one.getKey()));
      }
    }
    forget();
    connectAt = now + AGAIN_AFTER;
  }

  /** Closes what is open, for good. */
  void closeForGood(Actions out) {
    for (Map.Entry<EaSocket, Line> one : lines.entrySet()) {
      if (one.getValue().open) {
        out.add(new EaAction.Close(one.getKey()));
      }
    }
    forget();
  }

  private void forget() {
    for (Line line : lines.values()) {
      line.open = false;
      line.logins = 0;
      line.reader.clear();
    }
    connecting = false;
    asked.clear();
  }
}
