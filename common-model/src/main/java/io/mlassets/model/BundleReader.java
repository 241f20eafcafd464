package io.mlassets.model;

import io.mlassets.feature.FeatureSchema;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a bundle with distrust: nothing is parsed as trees before hash and signature agree. */
final class BundleReader {
  private final SortedMap<String, byte[]> files;

  private BundleReader(SortedMap<String, byte[]> files) {
    this.files = files;
  }

  static ModelBundle read(byte[] zip, BundleKey key) {
    if (zip.length > BundleFile.MAX_BYTES) {
      throw new InvalidBundleException(
          "bundle of %d bytes is larger than %d".formatted(zip.length, BundleFile.MAX_BYTES));
    }
    return new BundleReader(StoredZip.read(zip)).read(Sha256.of(zip), key);
  }

  private ModelBundle read(String sha256, BundleKey key) {
    BundleEnvelope envelope = json(BundleFile.ENVELOPE, BundleEnvelope.class);
    String content = Sha256.of(file(BundleFile.MANIFEST));
    require(
        content.equals(envelope.contentSha256()),
        "content_sha256 is %s, envelope says %s".formatted(content, envelope.contentSha256()));
    require(
        envelope.verifies(key), "signature does not verify: forged, or signed with another key");
    BundleManifest manifest = json(BundleFile.MANIFEST, BundleManifest.class);
    requireFiles(manifest);
    FeatureSchema schema = schema(manifest);
    require(
        schema.hash().equals(manifest.featureSchemaHash()),
        "feature names hash to %s, manifest says %s"
            .formatted(schema.hash(), manifest.featureSchemaHash()));
    ModelBundle bundle = bundle(envelope, manifest, sha256);
    requireGolden(bundle);
    return bundle;
  }

  private void requireFiles(BundleManifest manifest) {
    TreeMap<String, byte[]> content = new TreeMap<>(files);
    content.remove(BundleFile.ENVELOPE);
    content.remove(BundleFile.MANIFEST);
    require(
        content.keySet().equals(manifest.fileNames()),
        "holds %s beside manifest and envelope, not %s"
            .formatted(content.keySet(), manifest.fileNames()));
    SortedMap<String, String> found = BundleFile.hashes(content);
    require(
        found.equals(manifest.files()),
        "files are %s, manifest says %s".formatted(found, manifest.files()));
  }

  private static FeatureSchema schema(BundleManifest manifest) {
    FeatureSchema schema;
    try {
      schema = FeatureSchema.of(manifest.featureNames());
    } catch (IllegalArgumentException e) {
      throw new InvalidBundleException("manifest.json: " + e.getMessage(), e);
    }
    for (int i = 0; i < schema.size(); i++) {
      boolean category =
          manifest.preprocessing().columns().get(i) instanceof PreparedColumn.Category;
      require(
          category == schema.isCategorical(i),
          "feature %s is prepared as a %s"
              .formatted(schema.names().get(i), category ? "category" : "number"));
    }
    return schema;
  }

  private ModelBundle bundle(BundleEnvelope envelope, BundleManifest manifest, String sha256) {
    try {
      return new ModelBundle(envelope, manifest, sha256, type -> trees(manifest.model(type)));
    } catch (IllegalArgumentException e) {
      throw new InvalidBundleException("manifest.json: " + e.getMessage(), e);
    }
  }

  private TreeEnsemble trees(ModelEntry entry) {
    try {
      return TreeEnsemble.of(entry.engine(), Sha256.utf8(file(entry.file())));
    } catch (InvalidModelException e) {
      throw new InvalidBundleException(entry.file() + ": " + e.getMessage(), e);
    }
  }

  private void requireGolden(ModelBundle bundle) {
    GoldenRows golden = json(BundleFile.GOLDEN, GoldenRows.class);
    int width = bundle.manifest().featureNames().size();
    for (GoldenRow row : golden.rows()) {
      require(
          row.features().size() == width,
          "golden row has %d features, not %d".formatted(row.features().size(), width));
      GoldenRow now = bundle.golden(row.values());
      require(
          now.equals(row),
          "golden row gives %s %s, not %s %s"
              .formatted(now.raw(), now.outputs(), row.raw(), row.outputs()));
    }
  }

  private <T> T json(String name, Class<T> type) {
    byte[] bytes = file(name);
    require(
        bytes.length <= BundleFile.MAX_JSON_BYTES,
        "%s of %d bytes is larger than %d"
            .formatted(name, bytes.length, BundleFile.MAX_JSON_BYTES));
    T value = BundleJson.read(name, bytes, type);
    require(
        Arrays.equals(BundleJson.write(value), bytes), name + " is not in the form bundles have");
    return value;
  }

  private byte[] file(String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new InvalidBundleException(name + " is missing");
    }
    return content;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InvalidBundleException("bundle: " + message);
    }
  }
}
