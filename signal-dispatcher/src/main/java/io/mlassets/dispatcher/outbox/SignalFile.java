package io.mlassets.dispatcher.outbox;

import io.mlassets.platform.ServiceSettings;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Live signals for an Expert Advisor that watches files (S-02): {@code signal.json} holds the
 * newest signal, {@code signal-<pair>.json} the newest of each pair; each is replaced atomically.
 * In {@code signal.json} a HOLD does not replace an ENTER or EXIT of the same bar, so that an order
 * stands there for a whole bar; orders of several pairs on one bar are all in the pairs' files.
 * {@code heartbeat.json} is the newest heartbeat.
 *
 * <p>A thread of its own writes them, heartbeat and orders at once. HOLDs of pairs wait until
 * nothing is sent for a moment, a second at most: thousands of files must not keep signals back. A
 * file that is late is written with the newest content alone; what a crash left unwritten the next
 * leader writes.
 */
@Component
class SignalFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SignalFile.class);
  private static final int CLOSING_MILLIS = 5_000;
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path folder;
  private final Object change = new Object();
  private final SequencedMap<String, String> urgent = new LinkedHashMap<>();
  private final SequencedMap<String, String> holds = new LinkedHashMap<>();
  private final Thread thread;
  private Instant lastOrderBar = Instant.MIN;
  private long sentAt;
  private long holdsSince;
  private boolean closing;

  SignalFile(ServiceSettings settings) {
    this.folder = settings.var().path().resolve("signals");
    this.thread = Thread.ofPlatform().name("signal-files").daemon().start(this::writeWhatIsDue);
  }

  void write(SignalStream stream, List<Numbered> sent) {
    if (stream.mode() != SignalMode.LIVE) {
      return;
    }
    @Nullable Numbered standing = null;
    synchronized (change) {
      sentAt = System.nanoTime();
      holdsSince = holds.isEmpty() ? sentAt : holdsSince;
      for (Numbered signal : sent) {
        String name = "signal-" + signal.pair() + ".json";
        if (signal.action() != Action.HOLD) {
          lastOrderBar = signal.barTs();
          standing = signal;
          holds.remove(name);
          urgent.putFirst(name, signal.payload());
        } else {
          urgent.remove(name);
          holds.putLast(name, signal.payload());
          standing = signal.barTs().isAfter(lastOrderBar) ? signal : standing;
        }
      }
      if (standing != null) {
        urgent.putFirst("signal.json", standing.payload());
      }
      change.notifyAll();
    }
  }

  void write(SignalStream stream, String heartbeat) {
    if (stream.mode() == SignalMode.LIVE) {
      synchronized (change) {
        urgent.putFirst("heartbeat.json", heartbeat);
        change.notifyAll();
      }
    }
  }

  private void writeWhatIsDue() {
    try {
      Map.@Nullable Entry<String, String> next = next();
      while (next != null) {
        write(folder.resolve(next.getKey()), next.getValue());
        next = next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next file to write, null at the end. */
  private Map.@Nullable Entry<String, String> next() throws InterruptedException {
    synchronized (change) {
      while (urgent.isEmpty() && !closing) {
        if (holds.isEmpty()) {
          change.wait();
          continue;
        }
        long now = System.nanoTime();
        long left = Math.min(sentAt - now + QUIET_NANOS, holdsSince - now + LONGEST_NANOS);
        if (left <= 0) {
          return holds.pollFirstEntry();
        }
        TimeUnit.NANOSECONDS.timedWait(change, left);
      }
      return urgent.isEmpty() ? holds.pollFirstEntry() : urgent.pollFirstEntry();
    }
  }

  private void write(Path file, String content) {
    try {
      Files.createDirectories(folder);
      Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
      Files.writeString(temporary, content, StandardCharsets.US_ASCII);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Redis and the database have the signals; the file is a third way.
      log.error("{} could not be written", file, e);
    }
  }

  /** Writes what is due and ends. */
  @Override
  public void close() throws InterruptedException {
    synchronized (change) {
      closing = true;
      change.notifyAll();
    }
    thread.join(CLOSING_MILLIS);
  }
}
