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
 */
@Component
class SignalFile {
  private static final Logger log = LoggerFactory.getLogger(SignalFile.class);
  private final Path folder;
  private Instant lastOrderBar = Instant.MIN;

  SignalFile(ServiceSettings settings) {
    this.folder = settings.var().path().resolve("signals");
  }

  void write(SignalStream stream, List<Numbered> sent) {
    if (stream.mode() != SignalMode.LIVE) {
      return;
    }
    Map<String, String> newest = new LinkedHashMap<>();
    sent.forEach(signal -> newest.put("signal-" + signal.pair() + ".json", signal.payload()));
    @Nullable Numbered standing = null;
    for (Numbered signal : sent) {
      if (signal.action() != Action.HOLD) {
        lastOrderBar = signal.barTs();
        standing = signal;
      } else if (signal.barTs().isAfter(lastOrderBar)) {
        standing = signal;
      }
    }
    if (standing != null) {
      newest.put("signal.json", standing.payload());
    }
    write(newest);
  }

  void write(SignalStream stream, String heartbeat) {
    if (stream.mode() == SignalMode.LIVE) {
      write(Map.of("heartbeat.json", heartbeat));
    }
  }

  private void write(Map<String, String> contents) {
    try {
      Files.createDirectories(folder);
      for (var file : contents.entrySet()) {
        replace(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      // Redis and the database have the signals; the file is a third way.
      log.error("signal file in {} could not be written", folder, e);
    }
  }

  private static void replace(Path file, String content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(temporary, content, StandardCharsets.US_ASCII);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
