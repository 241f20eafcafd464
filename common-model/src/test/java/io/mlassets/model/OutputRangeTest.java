package io.mlassets.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.decision.Thresholds;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputRangeTest {
  private static final ModelVersion VERSION = new ModelVersion("20260101_0300");
  private static final OutputRange RANGE = new OutputRange(250, 2, 0.1, 0.2, 0.7, 0.8);

  /** Brute force: the least and the greatest of every block, sorted. */
  @Test
  void the_ends_are_the_ranked_extremes_of_the_blocks() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = 1 + random.nextInt(2_000);
      double[] outputs = new double[rows];
      long[] blockOf = new long[rows];
      for (int i = 0; i < rows; i++) {
        outputs[i] = random.nextInt(50) / 50.0;
        blockOf[i] = random.nextInt(1 + random.nextInt(500)) - 100L;
      }
      OutputRange range = OutputRange.of(outputs, blockOf);
      List<Double> lows = new ArrayList<>();
      List<Double> highs = new ArrayList<>();
      for (long block = -100; block < 400; block++) {
        double low = 2;
        double high = -1;
        for (int i = 0; i < rows; i++) {
          low = blockOf[i] == block ? Math.min(low, outputs[i]) : low;
          high = blockOf[i] == block ? Math.max(high, outputs[i]) : high;
        }
        if (low <= high) {
          lows.add(low);
          highs.add(high);
        }
      }
      Collections.sort(lows);
      highs.sort(Collections.reverseOrder());
      assertThat(range.blocks()).isEqualTo(lows.size());
      assertThat(range.rank()).isEqualTo(Math.max(1, lows.size() / 100));
      assertThat(range.min()).isEqualTo(lows.getFirst());
      assertThat(range.low()).isEqualTo(lows.get(range.rank() - 1));
      assertThat(range.high()).isEqualTo(highs.get(range.rank() - 1));
      assertThat(range.max()).isEqualTo(highs.getFirst());
    }
  }

  /**
   * Outputs of a block are as dependent as can be, and blocks are of very different sizes: of m + 1
   * exchangeable ones the last has one outside no more often than promised.
   */
  @Test
  void a_further_block_is_outside_no_more_often_than_promised() {
    int outside = 0;
    int runs = 20_000;
    Random random = new Random(5);
    double promised = 0;
    for (int run = 0; run < runs; run++) {
      int blocks = 240;
      double[] outputs = new double[blocks * 2];
      long[] blockOf = new long[blocks * 2];
      double[] last = new double[2];
      for (int block = 0; block <= blocks; block++) {
        double level = 0.5 + 0.4 * Math.tanh(random.nextGaussian());
        for (int i = 0; i < 2; i++) {
          double output = level + 0.05 * (random.nextDouble() - 0.5);
          if (block == blocks) {
            last[i] = output;
          } else {
            outputs[2 * block + i] = output;
            blockOf[2 * block + i] = block;
          }
        }
      }
      OutputRange range = OutputRange.of(outputs, blockOf);
      promised = range.expected();
      // Without the slack, which only makes it rarer.
      outside += Math.min(last[0], last[1]) < range.low() ? 1 : 0;
      outside += Math.max(last[0], last[1]) > range.high() ? 1 : 0;
    }
    assertThat(promised).isEqualTo(4.0 / 241);
    double standardError = Math.sqrt(promised / runs);
    assertThat((double) outside / runs).isLessThan(promised + 3 * standardError);
    assertThat((double) outside / runs).isGreaterThan(promised / 2);
  }

  @Test
  void what_is_hardly_beyond_an_end_is_inside_and_no_number_is_outside() {
    assertThat(RANGE.isOutside(0.2)).isFalse();
    assertThat(RANGE.isOutside(0.191)).isFalse();
    assertThat(RANGE.isOutside(0.189)).isTrue();
    assertThat(RANGE.isOutside(0.709)).isFalse();
    assertThat(RANGE.isOutside(0.711)).isTrue();
    assertThat(RANGE.isOutside(Double.NaN)).isTrue();
  }

  @Test
  void blocks_begin_at_multiples_of_their_length() {
    Instant start = Instant.parse("2026-01-05T00:00:00Z");
    long first = OutputRanges.blockOf(start, 24, BarInterval.H1);
    assertThat(OutputRanges.blockOf(start.plusSeconds(86_399), 24, BarInterval.H1))
        .isEqualTo(first);
    assertThat(OutputRanges.blockOf(start.plusSeconds(86_400), 24, BarInterval.H1))
        .isEqualTo(first + 1);
    assertThat(OutputRanges.blockOf(start.minusSeconds(1), 24, BarInterval.H1))
        .isEqualTo(first - 1);
  }

  @Test
  void a_bundle_says_them_and_one_from_before_them_is_read_as_ever() {
    assertThat(read(bundle(ranges())).manifest().outputRanges()).isEqualTo(ranges());
    byte[] before = bundle(null);
    assertThat(read(before).manifest().outputRanges()).isNull();
    assertThat(text(before)).doesNotContain("output_ranges");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"min\" : 0.1|\"min\" : 0.3",
        "\"low\" : 0.2|\"low\" : 0.75",
        "\"low\" : 0.2|\"low\" : \"NaN\"",
        "\"high\" : 0.7|\"high\" : \"NaN\"",
        "\"max\" : 0.8|\"max\" : 1.5",
        "\"min\" : 0.1|\"min\" : -0.5",
        "\"max\" : 0.8|\"max\" : null",
        "\"max\" : 0.8,|",
        "\"rank\" : 2|\"rank\" : 0",
        "\"rank\" : 2|\"rank\" : 251",
        "\"block_bars\" : 24|\"block_bars\" : 0",
      })
  void a_range_that_cannot_be_is_refused_though_signed(String damage) {
    String[] parts = damage.split("\\|", 2);
    assertThatThrownBy(() -> read(damaged(parts[0], parts[1])))
        .isInstanceOf(InvalidBundleException.class);
  }

  @Test
  void null_in_the_place_of_ranges_is_refused() {
    byte[] zip =
        damaged(
            "\"output_ranges\" : \\{(?s).*?\\n  },\\n  \"over",
            "\"output_ranges\" : null,\n  \"over");
    assertThatThrownBy(() -> read(zip))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("form bundles have");
  }

  private static OutputRanges ranges() {
    return new OutputRanges(
        24,
        new TreeMap<>(Map.of(ModelType.AI1, RANGE, ModelType.AI2, RANGE, ModelType.AI3, RANGE)));
  }

  private static byte[] bundle(@Nullable OutputRanges ranges) {
    return SampleBundles.bytes(
        VERSION,
        List.of(Pair.parse("XAUUSD-XAGUSD")),
        BarInterval.H1,
        new Thresholds(0.6, 0.3),
        ranges);
  }

  private static ModelBundle read(byte[] zip) {
    return BundleFile.read(zip, SampleBundles.KEY);
  }

  private static String text(byte[] zip) {
    return Sha256.utf8(StoredZip.read(zip).get("manifest.json"));
  }

  /** Signed anew: whoever has the key can sign anything, a trainer with a fault as well. */
  private static byte[] damaged(String part, String damage) {
    byte[] zip = bundle(ranges());
    SortedMap<String, byte[]> files = new TreeMap<>(StoredZip.read(zip));
    String changed = text(zip).replaceFirst(part, damage);
    assertThat(changed).isNotEqualTo(text(zip));
    byte[] manifest = changed.getBytes(StandardCharsets.UTF_8);
    files.put("manifest.json", manifest);
    files.put(
        "envelope.json",
        BundleJson.write(
            BundleEnvelope.signed(
                VERSION, read(zip).createdAt(), Sha256.of(manifest), SampleBundles.KEY)));
    return StoredZip.write(files);
  }
}
