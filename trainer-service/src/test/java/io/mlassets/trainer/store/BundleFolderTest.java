package io.mlassets.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.model.ModelVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R-07")
class BundleFolderTest {
  private static final ModelVersion OLD = new ModelVersion("20260101_0300");
  private static final ModelVersion NEW = new ModelVersion("20260201_0300");

  @TempDir Path dir;

  @Test
  void files_of_deleted_versions_go_and_others_stay() throws Exception {
    BundleFolder folder = new BundleFolder(dir);
    folder.write(OLD, new byte[] {1}, "<p>old");
    folder.write(NEW, new byte[] {2}, "<p>new");

    folder.remove(List.of(OLD, new ModelVersion("20251201_0300")));

    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files)
          .containsExactlyInAnyOrder(folder.fileOf(NEW), dir.resolve("report-20260201_0300.html"));
    }
  }

  @Test
  void a_file_that_cannot_be_removed_does_not_end_a_run_that_went_well() throws Exception {
    BundleFolder folder = new BundleFolder(dir);
    Files.createDirectories(folder.fileOf(OLD).resolve("not empty"));
    folder.write(NEW, new byte[] {2}, "<p>new");

    folder.remove(List.of(OLD, NEW));

    assertThat(folder.fileOf(NEW)).doesNotExist();
  }
}
