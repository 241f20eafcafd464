package io.mlassets.suite.ea;

import io.mlassets.channel.Channels;
import io.mlassets.ea.EaAction;
import io.mlassets.ea.EaConfig;
import io.mlassets.ea.EaCounts;
import io.mlassets.ea.EaMachine;
import io.mlassets.ea.EaProgress;
import io.mlassets.ea.EaSocket;
import io.mlassets.ea.RespCommand;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.platform.RedisSettings;
import io.mlassets.signal.SignalKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A paper Expert Advisor: the terminal around {@link EaMachine}, with two sockets, a journal, a
 * broker who deals at the bars' prices, and one thread on which everything is decided. Its journal
 * and its broker's file let it go on where it was when it is killed; where they cannot be trusted,
 * it trades no more.
 */
public final class PaperEa implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PaperEa.class);
  private static final long TICK_MILLIS = 20;
  private static final long BROKER_TELLS_MILLIS = 1_000;
  private static final int MOST_EVENTS = 1_024;
  private static final long PATIENCE_MILLIS = 4_000;

  /** Where it stands, for other threads. */
  private record View(boolean listening, EaCounts counts, EaProgress progress) {}

  private final RedisSettings redis;
  private final PaperAccount account;
  private final PaperMarket market;
  private final PaperBroker broker;
  private final LineFile journal;
  private final BarFeed bars;
  private final EaMachine machine;
  private final BlockingQueue<Supplier<List<EaAction>>> events =
      new ArrayBlockingQueue<>(MOST_EVENTS);
  private final Map<EaSocket, EaConnection> connections = new EnumMap<>(EaSocket.class);
  private final Thread thread;
  private boolean begun;
  private long brokerToldAt;
  private String trouble = "";
  private volatile View view;
  private volatile boolean closed;

  /**
   * Makes an Expert Advisor that goes on where its journal ends; {@link #start} starts it.
   *
   * @param key shared with the dispatcher; null for a floor without seals
   * @param kind what market time is taken from
   * @param clock times deals where bars do not
   * @param folder where journal ({@code ACCOUNT.jsonl}) and the broker's orders ({@code
   *     ACCOUNT.broker.jsonl}) are, made when missing
   * @throws IllegalStateException when another one has them, or they are damaged
   */
  public PaperEa(
      RedisSettings redis,
      Channels channels,
      InstrumentCatalogue instruments,
      PaperAccount account,
      @Nullable SignalKey key,
      EaConfig.Clock kind,
      Clock clock,
      Path folder) {
    this.redis = redis;
    this.account = account;
    this.market = new PaperMarket(instruments, kind, clock);
    this.machine = new EaMachine(account.config(redis, channels, key, kind));
    this.journal = LineFile.open(folder.resolve(account.name() + ".jsonl"));
    try {
      loadJournal();
      this.broker =
          PaperBroker.open(account, market, folder.resolve(account.name() + ".broker.jsonl"));
    } catch (RuntimeException e) {
      closeAfter(e, journal);
      throw e;
    }
    this.bars =
        new BarFeed(
            redis, channels.bars(), instruments, broker.positions().keySet(), this::hearPrices);
    machine.equity(account.equity());
    machine.broker(broker.positions());
    this.view = view();
    this.thread = new Thread(this::trade, "paper-ea-" + account.name());
    this.thread.setDaemon(true);
  }

  private static void closeAfter(RuntimeException failure, LineFile file) {
    try {
      file.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private void loadJournal() {
    int number = 0;
    for (String line : journal.lines()) {
      number++;
      Optional<String> wrong = machine.load(line);
      if (wrong.isPresent()) {
        throw new IllegalStateException(
            "%s: line %d %s: %s".formatted(journal, number, wrong.get(), line));
      }
    }
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /** Starts its threads. */
  public PaperEa start() {
    thread.start();
    bars.start();
    return this;
  }

  private void trade() {
    try {
      long tickAt = now();
      while (!closed && !machine.isStopped()) {
        Supplier<List<EaAction>> event = events.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (event != null) {
          perform(event.get());
        }
        if (begun && now() >= tickAt) {
          tickAt = now() + TICK_MILLIS;
          tick();
        }
        view = view();
      }
      perform(machine.end());
    } catch (RuntimeException e) {
      // Whatever it is, the journal may miss something now.
      log.error("{} trades no more", account.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.values().forEach(EaConnection::close);
      view = new View(false, machine.counts(), machine.progress());
    }
  }

  private void tick() {
    if (now() >= brokerToldAt + BROKER_TELLS_MILLIS) {
      brokerToldAt = now();
      machine.broker(broker.positions());
    }
    perform(machine.tick(now()));
  }

  private View view() {
    return new View(machine.isListening(), machine.counts(), machine.progress());
  }

  /** In their order; what results from one comes behind those that were with it. */
  private void perform(List<EaAction> actions) {
    Deque<EaAction> waiting = new ArrayDeque<>(actions);
    while (!waiting.isEmpty()) {
      switch (waiting.removeFirst()) {
        case EaAction.Connect connect -> connect(connect.socket());
        case EaAction.Close close -> close(close.socket());
        case EaAction.Send send -> send(send);
        case EaAction.Journal line -> write(line);
        case EaAction.Order order -> waiting.addAll(machine.result(broker.order(order), now()));
        case EaAction.LookUp lookUp -> waiting.addAll(machine.result(broker.lookUp(lookUp), now()));
        case EaAction.WriteFile file ->
            throw new IllegalStateException("no files without files: " + file.file());
        case EaAction.Stop stop -> log.error("{} trades no more: {}", account.name(), stop.why());
      }
    }
  }

  private void write(EaAction.Journal line) {
    if (line.surely()) {
      journal.append(line.line());
    } else {
      journal.note(line.line());
    }
  }

  private void send(EaAction.Send send) {
    EaConnection connection = connections.get(send.socket());
    if (connection != null) {
      connection.send(RespCommand.encode(send.words()));
    }
  }

  private void close(EaSocket socket) {
    EaConnection connection = connections.remove(socket);
    if (connection != null) {
      connection.close();
    }
  }

  private void connect(EaSocket socket) {
    close(socket);
    EaConnection connection = new EaConnection(redis, new Told(socket));
    connections.put(socket, connection);
    connection.start();
  }

  /** What a connection tells becomes an event, unless it is no longer the socket's connection. */
  private final class Told implements EaConnection.Listener {
    private final EaSocket socket;

    private Told(EaSocket socket) {
      this.socket = socket;
    }

    private Supplier<List<EaAction>> of(EaConnection one, Supplier<List<EaAction>> event) {
      return () -> connections.get(socket) == one ? event.get() : List.of();
    }

    @Override
    public void connected(EaConnection connection) throws InterruptedException {
      events.put(of(connection, () -> machine.connected(socket, now())));
    }

    @Override
    public void heard(EaConnection connection, byte[] bytes) throws InterruptedException {
      events.put(of(connection, () -> machine.received(socket, bytes, now())));
    }

    @Override
    public void lost(EaConnection connection, String why) throws InterruptedException {
      events.put(
          of(
              connection,
              () -> {
                warn(why);
                connections.remove(socket);
                return machine.lost(socket, now());
              }));
    }
  }

  private void warn(String why) {
    if (!why.equals(trouble)) {
      log.warn("{}: connection lost ({}), again", account.name(), why);
      trouble = why;
    }
  }

  /** Prices first, then what they let happen. */
  private void hearPrices(List<PaperQuote> prices) throws InterruptedException {
    events.put(
        () -> {
          prices.forEach(price -> machine.quote(market.heard(price)));
          List<EaAction> actions = begun ? List.of() : machine.begin(now());
          begun = true;
          perform(actions);
          return prices.isEmpty() ? List.of() : machine.market(market.newestBarEnd(), now());
        });
  }

  /** Whether it is subscribed and has read what it missed. */
  public boolean listening() {
    return view.listening();
  }

  /** Different signals received since it started. */
  public long received() {
    return view.counts().received();
  }

  /** Number of the last signal answered or passed. */
  public long lastSeq() {
    return view.progress().lastSeq();
  }

  /** Deals and refusals of its journal. */
  public long fillsMade() {
    return view.progress().fillsMade();
  }

  /** Those of them that are in stream {@code fills}. */
  public long fillsSent() {
    return view.progress().fillsMade() - view.progress().fillsWaiting();
  }

  /** Messages that were no signals. */
  public long malformed() {
    return view.counts().malformed();
  }

  /**
   * Waits until it trades no more.
   *
   * @return whether that is because it was closed
   */
  public boolean awaitEnd() throws InterruptedException {
    thread.join();
    return closed;
  }

  /**
   * Ends its threads and closes its files.
   *
   * @throws IOException when they cannot be closed
   */
  @Override
  public void close() throws IOException {
    closed = true;
    bars.close();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
    broker.close();
  }
}
