package io.mlassets.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-05")
class HashListTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  private static ArchiveManifest manifest(long signals, long dispatched) {
    return new ArchiveManifest(
        1,
        LocalDate.parse("2026-01-31"),
        2,
        new ArchivedFile(ArchiveManifest.SIGNALS, signals, 100, A, B),
        new ArchivedFile(ArchiveManifest.DISPATCH, dispatched, 50, B, A));
  }

  @Test
  void the_list_of_a_manifest_names_its_files_and_itself_as_sha256sum_does() {
    ArchiveManifest manifest = manifest(3, 3);
    String own = HashList.sha256(new String(manifest.toJson(), StandardCharsets.UTF_8));
    assertThat(HashList.of(manifest).text())
        .isEqualTo(
            "%s  dispatch.csv.gz\n%s  manifest.json\n%s  signals.csv.gz\n".formatted(B, own, A));
  }

  @Test
  void a_list_reads_as_it_was_written() {
    HashList list = HashList.of(manifest(3, 2));
    assertThat(HashList.parse(list.text())).isEqualTo(list);
  }

  @Test
  void a_hash_is_the_one_of_the_standard() {
    // FIPS 180-4, example "abc".
    assertThat(HashList.sha256("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void a_line_that_is_none_is_refused_by_its_number() {
    String good = A + "  signals.csv.gz\n";
    assertThatThrownBy(() -> HashList.parse(good + "what is this"))
        .hasMessageContaining("line 2 is not a hash, two blanks and a name");
    assertThatThrownBy(() -> HashList.parse(good + B + "  signals.csv.gz\n"))
        .hasMessageContaining("line 2 names signals.csv.gz a second time");
    assertThatThrownBy(() -> HashList.parse(A + "  ../elsewhere\n"))
        .hasMessageContaining("'../elsewhere' is no file name");
    assertThatThrownBy(() -> HashList.parse("A".repeat(64) + "  signals.csv.gz\n"))
        .hasMessageContaining("not a SHA-256 of 64 lower-case hex digits");
    assertThatThrownBy(() -> HashList.parse("")).hasMessageContaining("names no file");
  }

  @Test
  void a_manifest_reads_as_it_was_written() {
    assertThat(ArchiveManifest.parse(manifest(3, 2).toJson())).isEqualTo(manifest(3, 2));
    assertThat(new String(manifest(3, 2).toJson(), StandardCharsets.UTF_8))
        .contains("\"day\" : \"2026-01-31\"", "\"rows_sha256\"");
  }

  @Test
  void a_manifest_of_another_form_is_refused() {
    String json = new String(manifest(3, 2).toJson(), StandardCharsets.UTF_8);
    assertThatThrownBy(() -> parse(json.replace("\"format\" : 1", "\"format\" : 9")))
        .hasStackTraceContaining("format 9 of the archive is not known, expected 1");
    assertThatThrownBy(() -> parse(json.replace("\"part\" : 2", "\"part\" : 2, \"more\" : 1")))
        .hasMessageContaining("not a manifest");
    assertThatThrownBy(() -> parse("null")).hasMessageContaining("null");
    assertThatThrownBy(() -> parse("{}")).hasMessageContaining("not a manifest");
    assertThatThrownBy(() -> manifest(1, 2)).hasMessageContaining("2 dispatch rows for 1 signals");
  }

  private static ArchiveManifest parse(String json) {
    return ArchiveManifest.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
