package io.mlassets.dispatcher.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.mlassets.archive.ArchiveManifest;
import io.mlassets.archive.ArchivePart;
import io.mlassets.dispatcher.archive.S3Server.Fault;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.jclouds.blobstore.domain.Blob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.mock.env.MockEnvironment;

/** The archive in a real S3-compatible store that fails, is silent, or lost something. */
@Tag("S-05")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BucketArchiveTest {
  private static final Predicate<HttpExchange> PUTS = on -> on.getRequestMethod().equals("PUT");
  private static final Predicate<HttpExchange> READS =
      on -> on.getRequestMethod().equals("GET") && on.getRequestURI().getPath().contains("csv.gz");
  private ArchiveBench bench;
  private S3Server s3;
  private LocalDate day = ArchiveBench.FIRST;
  private List<String> before = List.of();

  @BeforeAll
  void start() {
    bench = new ArchiveBench();
    s3 = new S3Server();
  }

  @AfterAll
  void close() {
    s3.close();
    bench.close();
  }

  @BeforeEach
  void newDay() {
    day = day.plusDays(1);
    bench.day(day);
    before = bench.everything(day);
  }

  private SignalArchive archive() {
    return bench.over(s3.store(), s3.place().name());
  }

  private void assertArchived() {
    assertThat(bench.everything(day)).isEqualTo(before);
    assertThat(bench.history(day)).isEqualTo(ArchiveBench.SIGNALS);
    assertThat(bench.live(day)).isZero();
    assertThat(archive().check(new ArchivePart(day, 1))).isEmpty();
  }

  private void assertUntouched() {
    assertThat(bench.everything(day)).isEqualTo(before);
    assertThat(bench.live(day)).isEqualTo(ArchiveBench.SIGNALS);
    assertThat(bench.history(day)).isZero();
  }

  @Test
  void a_day_goes_into_the_bucket_under_its_prefix_and_comes_back() {
    assertThat(archive().run().failed()).isEmpty();

    assertArchived();
    assertThat(s3.blobs().blobExists(S3Server.BUCKET, object("SHA256SUMS"))).isTrue();
    bench.owner.sql("delete from core.signals_history").update();
    assertThat(archive().restore(new ArchivePart(day, 1)).orElseThrow().signals())
        .isEqualTo(ArchiveBench.SIGNALS);
    assertArchived();
  }

  @Test
  void errors_and_silence_are_tried_again_whether_the_store_did_it_or_not() {
    s3.strike(PUTS, Fault.ERROR_500, Fault.DONE_THEN_500, Fault.SILENCE, Fault.DONE_THEN_SILENCE);

    ArchiveReport report = archive().run();
    // A request may meet three in a row, which ends its attempts.
    report = report.failed().isEmpty() ? report : archive().run();

    assertThat(s3.hasStruck()).isTrue();
    assertThat(report.failed()).isEmpty();
    assertArchived();
  }

  @Test
  void reads_that_fail_move_nothing_until_everything_was_read() {
    s3.strike(READS, Fault.ERROR_500, Fault.SILENCE, Fault.ERROR_500, Fault.ERROR_500);

    ArchiveReport report = archive().run();

    assertThat(report.failed())
        .singleElement()
        .asString()
        .contains("signals.csv.gz cannot be read");
    assertUntouched();
    assertThat(archive().run().failed()).isEmpty();
    assertArchived();
  }

  @Test
  void a_store_that_is_down_leaves_every_day_live_and_says_so_once() {
    LocalDate second = day.plusDays(1);
    bench.day(second);
    s3.down(true);

    ArchiveReport report = archive().run();

    assertThat(report.failed()).singleElement().asString().contains("S3 signals-archive/ml at");
    assertUntouched();
    s3.down(false);
    assertThat(archive().run().moved()).hasSize(2);
    day = second;
  }

  @Test
  void an_object_changed_in_the_store_is_refused_with_what_and_where() throws Exception {
    archive().run();
    Blob blob = s3.blobs().getBlob(S3Server.BUCKET, object(ArchiveManifest.SIGNALS));
    byte[] content;
    try (InputStream in = blob.getPayload().openStream()) {
      content = in.readAllBytes();
    }
    content[content.length / 2] ^= 1;
    put(ArchiveManifest.SIGNALS, content);
    bench.owner.sql("delete from core.signals_history").update();

    assertThat(archive().check(new ArchivePart(day, 1)))
        .singleElement()
        .asString()
        .startsWith(new ArchivePart(day, 1).folder() + "/signals.csv.gz SHA-256 is ");
    assertThatThrownBy(() -> archive().restore(new ArchivePart(day, 1)))
        .isInstanceOf(DamagedArchiveException.class)
        .hasMessageContaining("signals.csv.gz SHA-256 is");
    assertThat(bench.history(day)).isZero();
    bench.owner.sql("delete from core.archived_days").update();
  }

  @Test
  void an_object_lost_in_the_store_is_told() {
    archive().run();
    s3.blobs().removeBlob(S3Server.BUCKET, object(ArchiveManifest.NAME));

    assertThat(archive().check(new ArchivePart(day, 1)))
        .singleElement()
        .asString()
        .endsWith("manifest.json is missing");
  }

  @Test
  void other_keys_are_refused_by_the_store_and_nothing_is_moved() {
    BucketStore store =
        new BucketStore(
            s3.place(),
            new StoreKeys(S3Server.KEYS.accessKey(), "wrong", null),
            Duration.ofSeconds(5));

    ArchiveReport report = bench.over(store, s3.place().name()).run();

    assertThat(report.failed()).singleElement().asString().contains("cannot be listed");
    assertUntouched();
    archive().run();
  }

  private String object(String name) {
    return "ml/" + new ArchivePart(day, 1).folder() + "/" + name;
  }

  private void put(String name, byte[] content) {
    s3.blobs()
        .putBlob(
            S3Server.BUCKET,
            s3.blobs()
                .blobBuilder(object(name))
                .payload(content)
                .contentLength(content.length)
                .build());
  }

  @Test
  void keys_come_from_the_environment_and_missing_ones_are_named() {
    MockEnvironment environment = new MockEnvironment();
    assertThatThrownBy(() -> StoreKeys.of(environment, s3.place()))
        .hasMessageContaining("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set");
    environment.setProperty("AWS_ACCESS_KEY_ID", "me");
    environment.setProperty("AWS_SECRET_ACCESS_KEY", "a secret");
    assertThat(StoreKeys.of(environment, s3.place())).hasToString("StoreKeys[me]");
    archive().run();
  }
}
