package io.mlassets.model;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file form of a bundle, {@code best_model-<version>.zip}: {@code manifest.json} with the hash
 * of every other content file, {@code ai1.*}, {@code ai2.*}, {@code ai3.*}, {@code golden.json},
 * and the signed {@code envelope.json}.
 */
public final class BundleFile {
  /**
   * Largest file read, bytes: ten times what the largest search makes, and with all that is made of
   * it while it is read within the heap of a service.
   */
  public static final int MAX_BYTES = 16 << 20;

  /** Largest of its JSON documents, bytes: objects are many times as large as their text. */
  static final int MAX_JSON_BYTES = 4 << 20;

  static final String MANIFEST = "manifest.json";
  static final String ENVELOPE = "envelope.json";
  static final String GOLDEN = "golden.json";

  private BundleFile() {}

  /** The name of the file of a version. */
  public static String nameOf(ModelVersion version) {
    return "best_model-" + version + ".zip";
  }

  /** The hash a bundle read from these bytes has; of any bytes. */
  public static String sha256(byte[] zip) {
    return Sha256.of(zip);
  }

  /**
   * Reads and verifies everything: form, hashes, signature, trees, golden rows. Any damage, another
   * key, or anything else that is not a bundle → {@link InvalidBundleException}.
   */
  public static ModelBundle read(byte[] zip, BundleKey key) {
    return BundleReader.read(zip, key);
  }

  /**
   * Writes a bundle; the same draft and key give the same bytes, the same content the same {@code
   * content_sha256}.
   *
   * @throws IllegalArgumentException if the parts of the draft do not fit each other
   */
  public static byte[] write(BundleDraft draft, BundleKey key) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (ModelType type : ModelType.values()) {
      files.put(draft.manifest().model(type).file(), draft.tree(type));
    }
    files.put(GOLDEN, BundleJson.write(golden(draft, key)));
    byte[] manifest = BundleJson.write(draft.manifest().withFiles(hashes(files)));
    files.put(MANIFEST, manifest);
    files.put(ENVELOPE, BundleJson.write(envelope(draft, manifest, key)));
    byte[] zip = StoredZip.write(files);
    if (zip.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "bundle of %d bytes is larger than %d".formatted(zip.length, MAX_BYTES));
    }
    // Nothing leaves that could not be read back.
    read(zip, key);
    return zip;
  }

  private static GoldenRows golden(BundleDraft draft, BundleKey key) {
    ModelBundle bundle =
        new ModelBundle(
            envelope(draft, new byte[0], key),
            draft.manifest(),
            "",
            type ->
                TreeEnsemble.of(
                    draft.manifest().model(type).engine(), Sha256.utf8(draft.tree(type))));
    return new GoldenRows(draft.goldenRows().stream().map(bundle::golden).toList());
  }

  private static BundleEnvelope envelope(BundleDraft draft, byte[] manifest, BundleKey key) {
    return BundleEnvelope.signed(draft.version(), draft.createdAt(), Sha256.of(manifest), key);
  }

  static SortedMap<String, String> hashes(Map<String, byte[]> files) {
    TreeMap<String, String> hashes = new TreeMap<>();
    files.forEach((name, content) -> hashes.put(name, Sha256.of(content)));
    return hashes;
  }
}
