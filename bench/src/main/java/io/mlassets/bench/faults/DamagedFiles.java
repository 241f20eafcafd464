package io.mlassets.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Damaged {@code result-….json} files, and sound ones among them. A damaged one is in quarantine by
 * its name or, when only what it says is wrong, as the fill it held.
 */
final class DamagedFiles {
  private static final String ACCOUNT = "damaged-files";
  private static final long FIRST_TICKET = 2_000_000_000;
  private static final int SOUND_EVERY = 20;
  private static final int MOST_WAITING = 1_000;
  private static final long PATIENCE_SECONDS = 600;
  private static final Pattern NAMED =
      Pattern.compile("result-bad-(\\d+)\\.json|\"deal_ticket\":(2\\d{9})\\b");

  private final Floor floor;
  private final SplittableRandom random = new SplittableRandom(4);

  DamagedFiles(Floor floor) {
    this.floor = floor;
  }

  /** Writes so many damaged ones and waits until all are dealt with. */
  Damaged send(int count) throws SQLException, IOException, InterruptedException {
    List<SentEntry> entries = SentEntry.of(floor);
    long sound = 0;
    for (int i = 0; i < count; i++) {
      SentEntry entry = entries.get(i % entries.size());
      write("result-bad-" + i, damaged(entry, i));
      if (i % SOUND_EVERY == 0 || i == count - 1) {
        sound++;
        write("result-sound-" + sound, "[" + entry.fill(ACCOUNT, sound) + "]");
      }
      if (i % MOST_WAITING == MOST_WAITING - 1 || i == count - 1) {
        awaitTaken();
      }
    }
    BookedFills booked = new BookedFills(floor, ACCOUNT);
    booked.await(sound);
    return new Damaged(
        "result files",
        count,
        quarantined().size(),
        booked.invented(sound),
        sound,
        booked.missing(sound));
  }

  private String damaged(SentEntry entry, int i) {
    long ticket = FIRST_TICKET + i;
    String list = "[" + entry.fill(ACCOUNT, ticket) + "]";
    return switch (i % 8) {
      case 0 -> list.substring(0, (i / 8) % list.length());
      case 1 ->
          "{\"account\":\"%s\",\"signal_seq\":%d,\"fills\":%s,\"mac\":\"%s\"}"
              .formatted(ACCOUNT, entry.seq(), list, "5f".repeat(32));
      default -> "[" + entry.damaged(ACCOUNT, ticket, i - 1, random) + "]";
    };
  }

  private void write(String name, String text) throws IOException {
    Path folder = Files.createDirectories(floor.results(0));
    Path temporary = Files.writeString(folder.resolve(name + ".tmp"), text);
    Files.move(temporary, folder.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitTaken() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (waiting() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(200);
    }
  }

  private long waiting() throws IOException {
    try (Stream<Path> files = Files.list(floor.results(0))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  /** Numbers of those in quarantine, with a reason. */
  private Set<Long> quarantined() throws SQLException {
    Set<Long> numbers = new HashSet<>();
    try (Connection connection = floor.servers().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select case source when 'stream fills' then payload else reason end"
                    + " from core.quarantine where reason <> ''")) {
      while (rows.next()) {
        Matcher named = NAMED.matcher(rows.getString(1));
        if (named.find()) {
          numbers.add(
              named.group(1) == null
                  ? Long.parseLong(named.group(2)) - FIRST_TICKET
                  : Long.parseLong(named.group(1)));
        }
      }
    }
    return numbers;
  }
}
