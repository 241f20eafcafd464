package io.mlassets.model;

import static java.util.regex.Matcher.quoteReplacement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("T-07")
class BundleFileTest {
  private static final ModelVersion VERSION = new ModelVersion("20260101_0300");
  private static final Pair PAIR = Pair.parse("XAUUSD-XAGUSD");
  private static final byte[] ZIP = SampleBundles.bytes(VERSION, List.of(PAIR), BarInterval.H1);

  @Test
  void what_is_written_is_read_back() {
    ModelBundle bundle = BundleFile.read(ZIP, SampleBundles.KEY);
    BundleDraft draft = draft(VERSION);
    assertThat(bundle.version()).isEqualTo(VERSION);
    assertThat(bundle.createdAt()).isEqualTo(draft.createdAt());
    assertThat(bundle.manifest().withFiles(new TreeMap<>())).isEqualTo(draft.manifest());
    assertThat(bundle.sha256()).isEqualTo(Sha256.of(ZIP));
    assertThat(bundle.fileName()).isEqualTo("best_model-20260101_0300.zip");
  }

  @Test
  void a_plain_zip_reader_finds_the_files_and_the_content_hash_is_that_of_the_manifest()
      throws IOException {
    TreeMap<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(ZIP))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    assertThat(files)
        .containsOnlyKeys(
            "ai1.txt", "ai2.json", "ai3.txt", "envelope.json", "golden.json", "manifest.json");
    assertThat(BundleFile.read(ZIP, SampleBundles.KEY).contentSha256())
        .isEqualTo(Sha256.of(files.getOrDefault("manifest.json", new byte[0])));
  }

  @Test
  void scores_are_those_of_trees_and_calibration() {
    ModelBundle bundle = BundleFile.read(ZIP, SampleBundles.KEY);
    double[] row = new double[FeatureSchema.current().size()];
    row[0] = 2;
    FeatureVector features = FeatureVector.of(FeatureSchema.current(), PAIR, Instant.EPOCH, row);
    assertThat(bundle.score(features).returnProb())
        .isEqualTo(1 / (1 + StrictMath.exp(-(1.5 * 0.75 - 0.25))));
    assertThat(bundle.score(features).riskScore()).isEqualTo(0.2 + 0.5 * (0.9 - 0.2));
    assertThat(bundle.score(features).positionScale()).isEqualTo(0.75);
  }

  @Test
  @Tag("T-13")
  void the_same_content_has_the_same_hash_whatever_version_and_key() {
    BundleKey otherKey = BundleKey.of("another key for tests");
    byte[] other = BundleFile.write(draft(new ModelVersion("20270101_0300")), otherKey);
    assertThat(BundleFile.write(draft(VERSION), SampleBundles.KEY)).isEqualTo(ZIP);
    assertThat(BundleFile.read(other, otherKey).contentSha256())
        .isEqualTo(BundleFile.read(ZIP, SampleBundles.KEY).contentSha256());
  }

  @Test
  void another_key_is_refused() {
    assertThatThrownBy(() -> BundleFile.read(ZIP, BundleKey.of("another key for tests")))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("signature");
  }

  @Test
  @Tag("I-06")
  void a_vector_of_another_schema_is_refused_by_hash() {
    FeatureSchema other = FeatureSchema.of(List.of("a", "b"));
    FeatureVector features = FeatureVector.of(other, PAIR, Instant.EPOCH, new double[] {1, 2});
    ModelBundle bundle = BundleFile.read(ZIP, SampleBundles.KEY);
    assertThatThrownBy(() -> bundle.score(features))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining(other.hash())
        .hasMessageContaining(FeatureSchema.current().hash());
  }

  @Test
  void every_single_flipped_bit_is_refused_cleanly() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 4_000; i++) {
      byte[] damaged = ZIP.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      assertRefused(damaged);
    }
  }

  @Test
  void every_truncation_and_every_addition_is_refused_cleanly() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 1_000; i++) {
      assertRefused(Arrays.copyOf(ZIP, random.nextInt(ZIP.length)));
      assertRefused(Arrays.copyOf(ZIP, ZIP.length + 1 + random.nextInt(100)));
      byte[] noise = new byte[random.nextInt(500)];
      random.nextBytes(noise);
      assertRefused(noise);
    }
  }

  @Test
  void a_bundle_changed_and_hashed_anew_but_not_signed_is_refused() {
    SortedMap<String, byte[]> files = StoredZip.read(ZIP);
    files.put("ai1.txt", SampleBundles.lightGbm("regression").getBytes());
    assertThatThrownBy(() -> BundleFile.read(StoredZip.write(files), SampleBundles.KEY))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("ai1.txt");
  }

  @Test
  void a_file_too_many_or_too_few_is_refused() {
    for (String name : List.of("ai1.txt", "golden.json", "manifest.json", "envelope.json")) {
      SortedMap<String, byte[]> files = StoredZip.read(ZIP);
      files.remove(name);
      assertThatThrownBy(() -> BundleFile.read(StoredZip.write(files), SampleBundles.KEY))
          .isInstanceOf(InvalidBundleException.class)
          .hasMessageContaining(name);
    }
    SortedMap<String, byte[]> files = StoredZip.read(ZIP);
    files.put("../evil.txt", new byte[1]);
    assertRefused(StoredZip.write(files));
  }

  @Test
  void an_envelope_with_nulls_is_refused() {
    SortedMap<String, byte[]> files = StoredZip.read(ZIP);
    for (String json : List.of("null", "{}", "[]", "{\"signature\":null}", "")) {
      files.put("envelope.json", json.getBytes());
      assertRefused(StoredZip.write(files));
    }
  }

  /** Whoever has the key can sign anything, a trainer with a fault as well. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"interval\" : \"PT1H\" | \"interval\" : null | interval",
        "\"backtest\" : \\{[^}]*\\} | \"backtest\" : null | backtest",
        "\"engine\" : \"xgboost\" | \"engine\" : null | engine",
        "\\[ \"XAUUSD-XAGUSD\" \\] | [ null ] | pairs",
        "\\[ \"XAUUSD-XAGUSD\" \\] | [ \"XAUUSD-XAGUSD\", \"XAUUSD-XAGUSD\" ] | repeat one",
        "\"file\" : \"ai1.txt\" | \"file\" : \"ai3.txt\" | file of AI1 is 'ai3.txt', not ai1.txt",
        "\"objective\" : \"regression\" | \"objective\" : \"binary\" | REGRESSION trees",
        "\"format\" : 1, | \"format\" :  1, | form bundles have",
        "\"kind\" : \"numeric\", | \"kind\" : \"cubic\", | cubic",
        "\"theta1\" : 0.6 | \"theta1\" : 1.6 | theta1 1.6",
      })
  void what_is_wrong_in_a_manifest_signed_anew_is_named(String part, String damage, String says) {
    assertRefused(
        signedAnew("manifest.json", text -> text.replaceFirst(part, quoteReplacement(damage))),
        says);
  }

  @Test
  void features_prepared_in_another_order_or_as_another_kind_are_refused() {
    FeatureSchema schema = FeatureSchema.current();
    String first = schema.names().getFirst();
    String second = schema.names().get(1);
    assertRefused(
        signedAnew(
            "manifest.json",
            text ->
                text.replace("\"name\" : \"" + first, "\"name\" : \"" + second + "?")
                    .replace("\"name\" : \"" + second + "\"", "\"name\" : \"" + first + "\"")
                    .replace(second + "?", second)),
        "preprocessing is of");
    assertRefused(
        signedAnew(
            "manifest.json",
            text ->
                text.replaceFirst(
                    "\\{\\s*\"kind\" : \"category\"[^}]*}",
                    "{\n    \"kind\" : \"numeric\",\n    \"mean\" : 0.0,\n    \"median\" : 0.0,\n"
                        + "    \"name\" : \""
                        + FeatureSchema.PAIR_CLASS
                        + "\",\n    \"sd\" : 1.0\n  }")),
        "pair_class is prepared as a number");
  }

  @Test
  void inputs_that_repeat_one_or_are_in_another_order_are_refused() {
    List<String> names = FeatureSchema.current().names();
    for (String inputs :
        List.of(
            "[ \"%s\", \"%s\" ]".formatted(names.get(0), names.get(0)),
            "[ \"%s\", \"%s\" ]".formatted(names.get(1), names.get(0)))) {
      byte[] zip =
          signedAnew(
              Map.of(
                  "manifest.json",
                  text -> text.replace("[ \"" + names.get(0) + "\" ]", inputs),
                  "ai1.txt",
                  text -> text.replace("max_feature_idx=0", "max_feature_idx=1")));
      assertRefused(zip, "are not in schema order");
    }
  }

  @Test
  @Tag("T-07")
  void a_category_the_feature_does_not_have_is_refused() {
    assertRefused(
        signedAnew(
            "ai1.txt",
            text ->
                text.replaceFirst("num_cat=0", "num_cat=1\ncat_boundaries=0 1\ncat_threshold=4")
                    .replaceFirst(
                        "threshold=0.25\ndecision_type=2", "threshold=0\ndecision_type=1")),
        "category 2 of " + FeatureSchema.current().names().getFirst() + ", which has 0");
  }

  @Test
  void golden_rows_of_nulls_are_refused() {
    for (String damage :
        List.of(
            "{\"rows\":null}",
            "{\"rows\":[null]}",
            "{\n  \"rows\" : [ {\n    \"features\" : null,\n    \"outputs\" : [ ],\n"
                + "    \"raw\" : [ ]\n  } ]\n}\n")) {
      assertRefused(signedAnew("golden.json", text -> damage), "golden.json");
    }
  }

  @Test
  void an_entry_nobody_expects_is_refused_though_listed_and_signed() {
    for (String name : List.of("../evil.txt", "ai4.txt", "")) {
      SortedMap<String, byte[]> files = StoredZip.read(ZIP);
      files.put(name, new byte[1]);
      assertRefused(signedAnew(files), "beside manifest and envelope");
    }
  }

  @Test
  void more_than_fits_into_memory_is_refused_by_its_size() {
    assertRefused(new byte[BundleFile.MAX_BYTES + 1], "is larger than");
    assertRefused(signedAnew("golden.json", text -> " ".repeat(5 << 20)), "golden.json of");
  }

  @Test
  void a_refusal_is_a_line_however_long_what_is_wrong() {
    byte[] zip =
        signedAnew(
            "ai1.txt", text -> text.replace("binary sigmoid:1", "\u001b" + "x".repeat(100_000)));
    assertThatThrownBy(() -> BundleFile.read(zip, SampleBundles.KEY))
        .isInstanceOf(InvalidBundleException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .hasSizeLessThan(1_100)
        .contains("ai1.txt", "objective")
        .doesNotContain("\u001b");
  }

  private static byte[] signedAnew(String name, UnaryOperator<String> change) {
    return signedAnew(Map.of(name, change));
  }

  private static byte[] signedAnew(Map<String, UnaryOperator<String>> changes) {
    SortedMap<String, byte[]> files = StoredZip.read(ZIP);
    changes.forEach(
        (name, change) ->
            files.computeIfPresent(
                name,
                (same, content) -> {
                  String before = Sha256.utf8(content);
                  String after = change.apply(before);
                  assertThat(after).isNotEqualTo(before);
                  return after.getBytes(StandardCharsets.UTF_8);
                }));
    return signedAnew(files);
  }

  private static byte[] signedAnew(SortedMap<String, byte[]> files) {
    TreeMap<String, byte[]> content = new TreeMap<>(files);
    content.remove("envelope.json");
    String manifest = Sha256.utf8(content.remove("manifest.json"));
    String hashes =
        Sha256.utf8(BundleJson.write(BundleFile.hashes(content))).strip().replace("\n", "\n  ");
    manifest =
        manifest.replaceFirst("\"files\" : \\{[^}]*}", quoteReplacement("\"files\" : " + hashes));
    files.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
    files.put(
        "envelope.json",
        BundleJson.write(
            BundleEnvelope.signed(
                VERSION,
                draft(VERSION).createdAt(),
                Sha256.of(files.get("manifest.json")),
                SampleBundles.KEY)));
    return StoredZip.write(files);
  }

  @Test
  void signing_anew_what_is_sound_leaves_it_sound() {
    assertThat(signedAnew(StoredZip.read(ZIP))).isEqualTo(ZIP);
  }

  private static void assertRefused(byte[] damaged, String says) {
    assertThatThrownBy(() -> BundleFile.read(damaged, SampleBundles.KEY))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining(says);
  }

  private static void assertRefused(byte[] damaged) {
    assertThatThrownBy(() -> BundleFile.read(damaged, SampleBundles.KEY))
        .isInstanceOf(InvalidBundleException.class);
  }

  private static BundleDraft draft(ModelVersion version) {
    return SampleBundles.draft(version, FeatureSchema.current(), List.of(PAIR), BarInterval.H1);
  }
}
