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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an Expert Advisor answers in files (S-03, docs/ea-protocol.md F2): {@code
 * results/result*.json} holds one fill, a list, or a sealed object with {@code fills}; {@code
 * ack-<seq>.json} an ack and {@code positions.json} a report, which their readers judge. Each
 * document goes to its stream, then the file to {@code results/done/}. A file that is still not
 * JSON after two seconds goes to {@code results/quarantine/}, with a {@code .reason} beside it.
 */
@Component
@EnableScheduling
class ResultFiles {
  private static final Logger log = LoggerFactory.getLogger(ResultFiles.class);
  private static final Duration WRITING = Duration.ofSeconds(2);
  private static final long LARGEST_BYTES = 16 << 20;

  /** A member given twice would be gone once a list is taken apart: nobody could refuse it then. */
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Deals first, so that acks and positions are not ahead of them; numbers in their order. */
  private static final List<Pattern> KINDS =
      List.of(
          Pattern.compile("result.*\\.json"),
          Pattern.compile("ack-\\d{1,13}\\.json"),
          Pattern.compile("positions\\.json"));

  private static final Comparator<String> IN_ORDER =
      Comparator.comparingInt(ResultFiles::kind)
          .thenComparingInt(String::length)
          .thenComparing(Comparator.naturalOrder());

  private final Path folder;
  private final JsonMapper json;
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final SignalSeal seal;
  private final Quarantine quarantine;
  private final MeterRegistry meters;
  private final Clock clock;

  ResultFiles(
      ServiceSettings settings,
      JsonMapper json,
      StringRedisTemplate redis,
      Channels channels,
      SignalSeal seal,
      Quarantine quarantine,
      MeterRegistry meters,
      Clock clock) {
    this.folder = settings.var().path().resolve("results");
    this.json = json;
    this.redis = redis;
    this.channels = channels;
    this.seal = seal;
    this.quarantine = quarantine;
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
          .filter(file -> kind(file.getFileName().toString()) < KINDS.size())
          .sorted(Comparator.comparing(file -> file.getFileName().toString(), IN_ORDER))
          .toList();
    }
  }

  /** Which of the kinds a name is of; their number when of none. */
  private static int kind(String name) {
    int kind = 0;
    while (kind < KINDS.size() && !KINDS.get(kind).matcher(name).matches()) {
      kind++;
    }
    return kind;
  }

  private String streamOf(Path file) {
    return switch (kind(file.getFileName().toString())) {
      case 0 -> channels.fills();
      case 1 -> channels.acks();
      default -> channels.positions();
    };
  }

  private void take(Path file) throws IOException {
    if (Files.size(file) > LARGEST_BYTES) {
      refuse(file, "", "over 16 MiB");
      return;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    String stream = streamOf(file);
    List<String> documents = new ArrayList<>();
    try {
      JsonNode root = STRICT.readTree(text);
      boolean fills = stream.equals(channels.fills());
      if (fills && root.isObject() && root.has("fills") && !seal.holds(text.strip())) {
        refuse(file, text, "not sealed with SIGNAL_KEY");
        return;
      }
      JsonNode list = fills && root.isObject() ? root.path("fills") : root;
      if (fills && list.isArray()) {
        list.forEach(fill -> documents.add(json.writeValueAsString(fill)));
      } else if (root.isObject()) {
        documents.add(text);
      } else {
        refuseOnceOld(file, text, "expected a document or a list of fills");
        return;
      }
    } catch (JacksonException e) {
      refuseOnceOld(file, text, "not JSON: " + e.getOriginalMessage());
      return;
    }
    documents.forEach(one -> redis.opsForStream().add(stream, Map.of(Channels.PAYLOAD, one)));
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
