package io.mlassets.bench.damage;

import io.mlassets.bench.Peers;
import io.mlassets.bench.damage.Tally.Counts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Offers damaged bundles in processes of their own, part by part. */
final class OfferRun {
  private static final long PART = 10_000;
  private static final List<String> LESS_THAN_INFERENCE_HAS =
      List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1");

  private final Tally tally = new Tally();
  private long deaths;
  private double slowest;
  private double seconds;

  /**
   * What came of them.
   *
   * @param deaths of processes
   * @param slowest seconds one took
   * @param seconds all took
   */
  record Offers(Tally tally, long deaths, double slowest, double seconds) {}

  /** Offers so many of sound bundles. */
  static Offers run(long count, Path config, String key, List<Path> sound) throws Exception {
    return new OfferRun().offer(count, config, key, sound);
  }

  private Offers offer(long count, Path config, String key, List<Path> sound) throws Exception {
    long from = System.nanoTime();
    for (long first = 0; first < count; first += PART) {
      List<Object> arguments = new ArrayList<>(List.of(config, key, first));
      arguments.add(Math.min(PART, count - first));
      arguments.addAll(sound);
      try {
        take(Peers.java(OfferMain.class, LESS_THAN_INFERENCE_HAS, arguments.toArray()));
      } catch (IllegalStateException e) {
        deaths++;
        tally.example(String.valueOf(e.getMessage()));
      }
      System.out.printf("  offered: %d of %d%n", Math.min(count, first + PART), count);
    }
    seconds = (System.nanoTime() - from) / (double) TimeUnit.SECONDS.toNanos(1);
    return new Offers(tally, deaths, slowest, seconds);
  }

  private void take(JsonNode said) {
    said.required("kinds")
        .properties()
        .forEach(kind -> tally.add(Damage.valueOf(kind.getKey()), counts(kind.getValue())));
    said.required("examples").forEach(example -> tally.example(example.stringValue()));
    tally.addSound(said.required("sound").longValue(), said.required("sound_lost").longValue());
    slowest = Math.max(slowest, said.required("slowest").doubleValue());
  }

  private static Counts counts(JsonNode kind) {
    return new Counts(
        kind.required("offered").longValue(),
        kind.required("refused").longValue(),
        kind.required("vague").longValue(),
        kind.required("failed").longValue(),
        kind.required("loaded").longValue());
  }
}
