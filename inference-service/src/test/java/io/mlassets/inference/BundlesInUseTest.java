package io.mlassets.inference;

import static io.mlassets.inference.LiveMarket.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.BundleFile;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.SampleBundles;
import io.mlassets.signal.SignalMode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bundles that are lost, damaged, tampered with or of no use while a model decides. */
class BundlesInUseTest extends FirstModelDecides {
  @Test
  @Tag("I-07")
  @Tag("Q-06")
  void a_lost_or_damaged_bundle_file_is_restored_from_the_database() throws Exception {
    Path file = fileOf(FIRST);
    await("the file", () -> Files.exists(file));
    byte[] good = Files.readAllBytes(file);
    Files.delete(file);
    await("the lost file", () -> Files.exists(file));
    Files.write(file, Arrays.copyOf(good, good.length / 2));
    await("the damaged file", () -> Arrays.equals(good, bytesOf(file)));
    market.live(HISTORY, HISTORY + 5);
    awaitSignals(5);
  }

  @Test
  @Tag("I-07")
  void a_file_larger_than_memory_is_not_read_and_restored() throws Exception {
    Path file = fileOf(FIRST);
    await("the file", () -> Files.exists(file));
    byte[] good = Files.readAllBytes(file);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    await("the damaged file", () -> file.toFile().length() == good.length);
    assertThat(bytesOf(file)).isEqualTo(good);
    assertThat(metrics()).contains("bundles_restored_total 2.0");
  }

  @Test
  @Tag("I-07")
  void a_bundle_whose_file_cannot_be_written_decides_from_the_database() throws Exception {
    Path taken = fileOf(SECOND);
    Files.createDirectories(taken.resolve("by a folder"));
    market.adopt(SECOND);
    await("the next model", () -> decides(SECOND));
    restart(0);
    assertThat(decides(SECOND)).isTrue();
    stopService();
    try (Stream<Path> files = Files.list(taken.getParent())) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
    }
  }

  @Test
  @Tag("I-06")
  @Tag("I-07")
  void a_model_whose_file_and_row_are_lost_keeps_deciding_and_that_is_told_once() throws Exception {
    Path file = fileOf(FIRST);
    await("the file", () -> Files.exists(file));
    ModelWatch models = bean(ModelWatch.class);
    byte[] good = market.bundle(FIRST);
    market.sql().sql("update core.model_artifacts set content = 'damaged'").update();
    Files.delete(file);
    await("the refusal", () -> models.refused() != null);
    market.live(HISTORY, HISTORY + 5);
    awaitSignals(5);
    Thread.sleep(1_000);
    assertThat(metrics()).contains("bundles_refused_total 1.0");

    market.sql().sql("delete from core.model_artifacts").update();
    await("the lost row", () -> String.valueOf(models.refused()).contains("core.model_artifacts"));
    assertThat(Objects.requireNonNull(inForce()).mode()).isEqualTo(SignalMode.LIVE);

    market
        .sql()
        .sql("insert into core.model_artifacts values (?, 'c', 's', ?)")
        .params(FIRST, good)
        .update();
    await("the file again", () -> Arrays.equals(good, bytesOf(file)));
    await("no refusal", () -> models.refused() == null);
    market.live(HISTORY + 5, HISTORY + 10);
    awaitSignals(10);
    assertThat(market.signals()).isEqualTo(10);
  }

  @Test
  @Tag("I-06")
  void a_bundle_for_symbols_nobody_knows_is_refused_and_the_last_good_model_keeps_deciding()
      throws Exception {
    market.register(
        SECOND,
        SampleBundles.bytes(
            new ModelVersion(SECOND), List.of(Pair.parse("ZZTOP-ZZNADA")), BarInterval.H1),
        "active");
    ModelWatch models = bean(ModelWatch.class);
    await("the refusal", () -> models.refused() != null);
    assertThat(models.refused()).contains("ZZTOP, which is not in instruments.yaml");
    market.live(HISTORY, HISTORY + 10);
    awaitSignals(10);
    assertThat(versionsSeen()).isEqualTo(1);
  }

  @Test
  @Tag("I-06")
  void a_tampered_bundle_is_refused_and_the_last_good_model_keeps_deciding() throws Exception {
    byte[] tampered = market.bundle(SECOND);
    tampered[tampered.length / 2] ^= 1;
    market.register(SECOND, tampered, "active");
    ModelWatch models = bean(ModelWatch.class);
    await("the refusal", () -> models.refused() != null);
    market.live(HISTORY, HISTORY + 10);
    awaitSignals(10);
    assertThat(versionsSeen()).isEqualTo(1);
    assertThat(metrics()).contains("bundles_refused_total 1.0");
  }

  private Path fileOf(String version) {
    return servers()
        .var()
        .resolve("inference")
        .resolve("models")
        .resolve(BundleFile.nameOf(new ModelVersion(version)));
  }

  private static byte[] bytesOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
