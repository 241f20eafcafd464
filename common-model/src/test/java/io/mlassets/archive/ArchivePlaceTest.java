package io.mlassets.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.policy.SignalsPolicy.ArchiveTarget;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-05")
class ArchivePlaceTest {
  @Test
  void nas_and_local_are_folders_and_only_a_share_has_to_be_mounted() {
    assertThat(ArchivePlace.of(ArchiveTarget.NAS, "/mnt/archive/signals", "", "", false))
        .isEqualTo(new ArchivePlace.Folder(Path.of("/mnt/archive/signals"), true));
    assertThat(ArchivePlace.of(ArchiveTarget.LOCAL, "/var/x/../y", "", "", false).name())
        .isEqualTo("LOCAL /var/y");
  }

  @Test
  void a_relative_folder_is_refused() {
    assertThatThrownBy(() -> ArchivePlace.of(ArchiveTarget.LOCAL, "archive", "", "", false))
        .hasMessage("archive_path: 'archive' is not absolute");
  }

  @Test
  void the_path_of_an_object_store_is_a_bucket_with_an_optional_prefix() {
    ArchivePlace.Bucket bucket = bucket(ArchiveTarget.S3, "my-bucket/ml/signals/", "", false);
    assertThat(bucket.bucket()).isEqualTo("my-bucket");
    assertThat(bucket.prefix()).isEqualTo("ml/signals");
    assertThat(bucket.endpoint()).isNull();
    assertThat(bucket.name()).isEqualTo("S3 my-bucket/ml/signals at eu-central-1");
  }

  @Test
  void wasabi_and_b2_have_their_own_addresses_and_any_can_be_set() {
    assertThat(bucket(ArchiveTarget.WASABI, "abc", "", false).endpoint())
        .isEqualTo(URI.create("https://s3.eu-central-1.wasabisys.com"));
    assertThat(bucket(ArchiveTarget.B2, "abc", "", false).endpoint())
        .isEqualTo(URI.create("https://s3.eu-central-1.backblazeb2.com"));
    ArchivePlace.Bucket own = bucket(ArchiveTarget.S3, "abc", "http://127.0.0.1:9000", true);
    assertThat(own.endpoint()).isEqualTo(URI.create("http://127.0.0.1:9000"));
    assertThat(own.pathStyle()).isTrue();
  }

  @Test
  void what_no_store_would_take_is_refused_by_its_setting() {
    assertThatThrownBy(() -> bucket(ArchiveTarget.S3, "/mnt/archive/signals", "", false))
        .hasMessageContaining("archive_path: '' is no bucket's name");
    assertThatThrownBy(() -> bucket(ArchiveTarget.S3, "Bucket", "", false))
        .hasMessageContaining("archive_path: 'Bucket' is no bucket's name");
    assertThatThrownBy(() -> bucket(ArchiveTarget.S3, "bucket/../x", "", false))
        .hasMessageContaining("'../x' is no prefix");
    assertThatThrownBy(() -> bucket(ArchiveTarget.S3, "bucket", "ftp://x", false))
        .hasMessageContaining("ARCHIVE_ENDPOINT: 'ftp://x' is not http(s)://host[:port]");
    assertThatThrownBy(() -> bucket(ArchiveTarget.S3, "bucket", "http://a b", false))
        .hasMessageContaining("ARCHIVE_ENDPOINT: 'http://a b'");
    assertThatThrownBy(() -> ArchivePlace.of(ArchiveTarget.B2, "bucket", "", "", false))
        .hasMessageContaining("ARCHIVE_REGION: '' is no region; B2 needs one");
  }

  private static ArchivePlace.Bucket bucket(
      ArchiveTarget target, String path, String endpoint, boolean pathStyle) {
    return (ArchivePlace.Bucket) ArchivePlace.of(target, path, "eu-central-1", endpoint, pathStyle);
  }
}
