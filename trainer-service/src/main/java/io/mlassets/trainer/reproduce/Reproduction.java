package io.mlassets.trainer.reproduce;

import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bundle and the same made again.
 *
 * @param sha256 of the stored file
 * @param again of the one made now
 * @param contentSha256 hash of what training determined, stored
 * @param differences what differs, in words; empty when every byte is the same
 */
public record Reproduction(
    String sha256, String again, String contentSha256, List<String> differences) {

  /** Copies. */
  public Reproduction {
    differences = List.copyOf(differences);
  }

  /** Whether every byte is the same. */
  public boolean isSame() {
    return differences.isEmpty();
  }

  static Reproduction compare(
      byte[] stored, byte[] made, boolean sameBars, boolean sameFeatures, BundleKey key) {
    ModelBundle before = BundleFile.read(stored, key);
    ModelBundle after = BundleFile.read(made, key);
    List<String> differences = new ArrayList<>();
    if (!sameBars) {
      differences.add("the bars in core.bars are not those it was trained on");
    }
    if (!sameFeatures) {
      differences.add("the vectors in core.features are not those it was trained on");
    }
    if (!Arrays.equals(stored, made)) {
      compare(before.manifest(), after.manifest(), differences);
      if (differences.isEmpty()) {
        differences.add("the files differ beyond the manifest");
      }
    }
    return new Reproduction(before.sha256(), after.sha256(), before.contentSha256(), differences);
  }

  private static void compare(
      BundleManifest before, BundleManifest after, List<String> differences) {
    for (ModelType type : ModelType.values()) {
      String was = before.model(type).engineVersion();
      String is = after.model(type).engineVersion();
      if (!was.equals(is)) {
        differences.add("%s was made by %s, this is %s".formatted(type, was, is));
      }
    }
    note(differences, "policies", before.policyHash(), after.policyHash());
    note(differences, "feature schema", before.featureSchemaHash(), after.featureSchemaHash());
    note(differences, "label rules", before.labelSpec(), after.labelSpec());
    note(differences, "preprocessing", before.preprocessing(), after.preprocessing());
    note(differences, "models", before.models(), after.models());
    note(differences, "thresholds", before.thresholds(), after.thresholds());
    note(differences, "backtest", before.backtest(), after.backtest());
    note(differences, "overfitting", before.overfitting(), after.overfitting());
    note(differences, "output ranges", before.outputRanges(), after.outputRanges());
    before
        .files()
        .forEach(
            (name, hash) -> {
              if (!hash.equals(after.files().get(name))) {
                differences.add("file %s differs".formatted(name));
              }
            });
  }

  private static void note(
      List<String> differences, String what, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      differences.add("%s differ: %s, now %s".formatted(what, shortened(before), shortened(after)));
    }
  }

  private static String shortened(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() > 120 ? text.substring(0, 117) + "..." : text;
  }
}
