package io.mlassets.dispatcher.fill;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.platform.ServiceSettings;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.signal.SignalSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills from an Expert Advisor that writes files (S-03): {@code results/result*.json} holds one
 * fill, a list, or an order's {@code fills} under a seal; each goes to stream {@code fills}, then
 * the file to {@code results/done/}. A file that is still not JSON after two seconds, or whose seal
 * does not hold, goes to {@code results/quarantine/}, with a {@code .reason} beside it.
 */
@Component
@EnableScheduling
class ResultFiles {
  private static final Logger log = LoggerFactory.getLogger(ResultFiles.class);
  private static final Duration WRITING = Duration.ofSeconds(2);
  private static final long LARGEST_BYTES = 16 << 20;

  private final Path folder;
  private final JsonMapper json;
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final Quarantine quarantine;
  private final SignalSeal seal;
  private final MeterRegistry meters;
  private final Clock clock;

  ResultFiles(
      ServiceSettings settings,
      JsonMapper json,
      StringRedisTemplate redis,
      Channels channels,
      Quarantine quarantine,
      SignalSeal seal,
      MeterRegistry meters,
      Clock clock) {
    this.folder = settings.var().path().resolve("results");
    this.json = json;
    this.redis = redis;
    this.channels = channels;
    this.quarantine = quarantine;
    this.seal = seal;
    this.meters = meters;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = 500)
  void look() {
    try {
      Files.createDirectories(folder);
      for (Path file : waiting()) {
        takeOrLeave(file);
      }
    } catch (IOException | UncheckedIOException e) {
      log.error("folder {} could not be read", folder, e);
    }
  }

  private void takeOrLeave(Path file) {
    try {
      take(file);
    } catch (NoSuchFileException e) {
      log.info("{} is gone: it is being replaced, or another dispatcher took it", file);
    } catch (IOException | DataAccessException e) {
      // It stays and is taken at the next look; fills that got through already are booked once.
      log.warn("{} waits: {}", file, e.toString());
    }
  }

  private List<Path> waiting() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches("result.*\\.json"))
          .sorted()
          .toList();
    }
  }

  private void take(Path file) throws IOException {
    if (Files.size(file) > LARGEST_BYTES) {
      refuse(file, "", "over 16 MiB");
      return;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<String> fills = new ArrayList<>();
    try {
      JsonNode root = json.readTree(text);
      if (root.isArray()) {
        root.forEach(fill -> fills.add(json.writeValueAsString(fill)));
      } else if (root.path("fills").isArray()) {
        if (!seal.holds(text.strip())) {
          refuse(file, text, "its seal does not hold");
          return;
        }
        root.path("fills").forEach(fill -> fills.add(json.writeValueAsString(fill)));
      } else if (root.isObject()) {
        fills.add(text);
      } else {
        refuseOnceOld(file, text, "expected a fill or a list of fills");
        return;
      }
    } catch (JacksonException e) {
      refuseOnceOld(file, text, "not JSON: " + e.getOriginalMessage());
      return;
    }
    fills.forEach(
        fill -> redis.opsForStream().add(channels.fills(), Map.of(Channels.PAYLOAD, fill)));
    meters.counter("result_files_total", "outcome", "taken").increment();
    move(file, "done");
  }

  private void refuseOnceOld(Path file, String text, String reason) throws IOException {
    Instant changed = Files.getLastModifiedTime(file).toInstant();
    if (changed.isBefore(clock.instant().minus(WRITING))) {
      refuse(file, text, reason);
    }
  }

  private void refuse(Path file, String text, String reason) throws IOException {
    Path moved = move(file, "quarantine");
    Files.writeString(moved.resolveSibling(moved.getFileName() + ".reason"), reason + "\n");
    quarantine.refuse("file result.json", file.getFileName() + ": " + reason, text);
    meters.counter("result_files_total", "outcome", "refused").increment();
  }

  private Path move(Path file, String to) throws IOException {
    Path target = Files.createDirectories(folder.resolve(to));
    String name = clock.millis() + "-" + file.getFileName();
    return Files.move(file, target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
