package io.mlassets.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

  private static void assertRefused(byte[] damaged) {
    assertThatThrownBy(() -> BundleFile.read(damaged, SampleBundles.KEY))
        .isInstanceOf(InvalidBundleException.class);
  }

  private static BundleDraft draft(ModelVersion version) {
    return SampleBundles.draft(version, FeatureSchema.current(), List.of(PAIR), BarInterval.H1);
  }
}
