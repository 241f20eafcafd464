package io.mlassets.model;

/**
 * The file form of a bundle, {@code best_model-<version>.zip}: written deterministically, read with
 * distrust.
 */
public final class BundleFile {
  /** Largest file read, bytes. */
  public static final int MAX_BYTES = 64 << 20;

  private BundleFile() {}

  /** The name of the file of a version. */
  public static String nameOf(ModelVersion version) {
    return "best_model-" + version + ".zip";
  }

  /** Reads and verifies everything; any damage → {@link InvalidBundleException}. */
  public static ModelBundle read(byte[] zip, BundleKey key) {
    throw new UnsupportedOperationException("not yet: " + zip.length + key);
  }

  /** Writes a bundle; the same draft and key give the same bytes. */
  public static byte[] write(BundleDraft draft, BundleKey key) {
    throw new UnsupportedOperationException("not yet: " + draft + key);
  }
}
