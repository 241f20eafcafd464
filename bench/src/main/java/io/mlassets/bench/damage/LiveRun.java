package io.mlassets.bench.damage;

import io.mlassets.bench.faults.TimedBars;
import io.mlassets.bench.faults.WaveMarket;
import io.mlassets.model.ModelVersion;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A live process that decides on every bar while damaged bundles are put before it, each as the
 * file in its folder and as the row of a newly active version, and while its model's file is lost.
 */
final class LiveRun {
  private static final int SOUND_EVERY = 20;

  /** Behind those that are only offered; as many again for the rows. */
  private static final long FIRST_NUMBER = 10_000_000;

  private static final long LARGER_THAN_MEMORY = 3L << 30;
  private static final Duration PACE = Duration.ofMillis(250);
  private static final long SEED = 7;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Plan plan;
  private final Deciding deciding;
  private final Clock clock = Clock.systemUTC();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<SignedBundle> sound = new ArrayList<>();
  private final Set<String> decided = new TreeSet<>();
  private final Map<ModelVersion, Damage> refused = new LinkedHashMap<>();
  private final Tally tally = new Tally();
  private ModelVersion current;
  private ModelVersion offered;
  private long deaths;

  private LiveRun(Plan plan, Deciding deciding) throws SQLException {
    this.plan = plan;
    this.deciding = deciding;
    this.current = deciding.trained().getFirst();
    this.offered = current;
    decided.add(current.value());
    for (ModelVersion version : deciding.trained()) {
      sound.add(SignedBundle.open(deciding.artifact(version)));
    }
  }

  /** All of it, bars flowing. */
  static LiveFindings run(Plan plan, Deciding deciding)
      throws SQLException, IOException, InterruptedException {
    return new LiveRun(plan, deciding).run();
  }

  private LiveFindings run() throws SQLException, IOException, InterruptedException {
    Decisions decisions = new Decisions(deciding.servers());
    try (TimedBars feed =
        new TimedBars(
            deciding.servers().connect(),
            deciding.servers().redis(),
            WaveMarket.PAIRS,
            deciding.nextBar(),
            PACE,
            TimedBars.Order.TABLE_FIRST,
            SEED)) {
      deciding.await("the first decision", () -> decisions.newest().isAfter(Instant.EPOCH));
      damage();
      int whileLost = feed.fed().size();
      Times back = lose();
      int whileKilled = feed.fed().size();
      Times restarted = kill(decisions);
      feed.close();
      return new LiveFindings(
          tally,
          deaths,
          back,
          restarted,
          decisions.of(feed.fed(), whileLost, whileKilled, decided));
    }
  }

  private void damage() throws SQLException, IOException, InterruptedException {
    for (int i = 0; i < plan.live(); i++) {
      long number = FIRST_NUMBER + i;
      ModelVersion version = Versions.of(number);
      if (i % SOUND_EVERY == SOUND_EVERY - 1) {
        offerSound(number, Versions.of(number + FIRST_NUMBER));
      }
      offer(number, version);
      if ((i + 1) % 100 == 0 || i + 1 == plan.live()) {
        System.out.printf("  put before inference: %d of %d%n", i + 1, plan.live());
      }
    }
    deciding.activate(current);
    forget(current);
    Map<String, String> reasons = deciding.refusalReasons();
    refused.forEach(
        (version, kind) -> {
          String reason = reasons.get(version.value());
          if (reason == null) {
            tally.failed(kind, "live, " + version);
          } else {
            tally.refused(kind, reason);
          }
        });
  }

  private void offer(long number, ModelVersion version)
      throws SQLException, IOException, InterruptedException {
    Damage kind = Damage.of(number);
    put(kind, number, version);
    byte[] row = kind.apply(of(number + FIRST_NUMBER, version));
    double refusals = deciding.refusals();
    double swaps = deciding.swaps();
    deciding.register(version, row, current);
    Deciding.comesAbout(
        () -> deciding.refusals() > refusals || deciding.swaps() > swaps || !deciding.isAlive(),
        PATIENCE);
    forget(version);
    if (!deciding.isAlive()) {
      deaths++;
      tally.failed(kind, "live, died of " + version);
      deciding.restart();
    } else if (deciding.swaps() > swaps) {
      tally.loaded(kind, "live, " + version);
    } else if (deciding.refusals() > refusals) {
      refused.put(version, kind);
    } else {
      tally.failed(kind, "live, not refused " + version);
    }
  }

  private void put(Damage kind, long number, ModelVersion version) throws IOException {
    Path file = deciding.fileOf(version);
    if (kind == Damage.TOO_LARGE) {
      try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
        sparse.setLength(LARGER_THAN_MEMORY);
      }
    } else {
      Files.write(file, kind.apply(of(number, version)));
    }
  }

  private Case of(long number, ModelVersion version) {
    return OfferMain.of(number, sound, version, deciding.key());
  }

  /** A damaged file of a version whose row is sound: it is to be taken from there, and decide. */
  private void offerSound(long number, ModelVersion version)
      throws SQLException, IOException, InterruptedException {
    put(Damage.of(number), number, version);
    byte[] row = of(number, version).undamaged();
    double swaps = deciding.swaps();
    deciding.register(version, row, current);
    boolean loaded =
        Deciding.comesAbout(
            () -> deciding.swaps() > swaps && holds(deciding.fileOf(version), row), PATIENCE);
    forget(version);
    tally.sound(loaded, "live, number " + number);
    decided.add(version.value());
    current = version;
  }

  /** What was offered before is no longer looked at, and goes unless it decides. */
  private void forget(ModelVersion next) throws SQLException, IOException {
    if (!offered.equals(current) && !offered.equals(next)) {
      deciding.forget(offered);
    }
    offered = next;
  }

  private static boolean holds(Path file, byte[] content) throws IOException {
    try {
      return Arrays.equals(Files.readAllBytes(file), content);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Seconds until the file was back. */
  private Times lose() throws SQLException, IOException, InterruptedException {
    byte[] right = deciding.artifact(current);
    Path file = deciding.fileOf(current);
    deciding.await("the file of the model that decides", () -> holds(file, right));
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < plan.losses(); i++) {
      Thread.sleep(random.nextInt(1_000));
      lose(file, right, i);
      long from = System.nanoTime();
      deciding.await("the lost file", () -> holds(file, right));
      seconds.add((System.nanoTime() - from) / 1e9);
      if ((i + 1) % 20 == 0 || i + 1 == plan.losses()) {
        System.out.printf("  lost: %d of %d%n", i + 1, plan.losses());
      }
    }
    return new Times(seconds);
  }

  private void lose(Path file, byte[] right, int i) throws IOException {
    switch (i % 5) {
      case 0 -> Files.delete(file);
      case 1 -> Files.write(file, Arrays.copyOf(right, random.nextInt(right.length)));
      case 2 -> Files.write(file, Damage.NOISE.apply(of(i, current)));
      case 3 -> Files.write(file, Damage.TREE_CYCLE.apply(of(i, current)));
      default -> Files.write(file, of(i, Versions.of(i)).undamaged());
    }
  }

  /** Seconds from a kill, after which the file is lost too, to the first decision after it. */
  private Times kill(Decisions decisions) throws SQLException, IOException, InterruptedException {
    byte[] right = deciding.artifact(current);
    Path file = deciding.fileOf(current);
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < plan.kills(); i++) {
      Thread.sleep(random.nextInt(2_000));
      deciding.kill();
      Instant killed = clock.instant();
      lose(file, right, i);
      deciding.restart();
      deciding.await("a decision", () -> decisions.newest().isAfter(killed));
      seconds.add(Duration.between(killed, decisions.firstAfter(killed)).toNanos() / 1e9);
      deciding.await("the lost file", () -> holds(file, right));
      System.out.printf("  killed: %d of %d%n", i + 1, plan.kills());
    }
    return new Times(seconds);
  }
}
