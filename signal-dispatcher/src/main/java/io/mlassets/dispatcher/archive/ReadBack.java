package io.mlassets.dispatcher.archive;

import io.mlassets.archive.ArchiveManifest;
import io.mlassets.archive.ArchivePart;
import io.mlassets.archive.ArchivedFile;
import io.mlassets.archive.HashList;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a part out of the store, to the last byte, and says everything that is wrong with it. */
class ReadBack {
  private static final int LARGEST_LIST = 1 << 20;
  private static final int BUFFER = 1 << 16;
  private final ArchiveStore store;

  ReadBack(ArchiveStore store) {
    this.store = store;
  }

  /**
   * What was found.
   *
   * @param manifest null when it cannot be read
   * @param hashList text of the list as it lies in the store; null when it is missing
   * @param damage empty when every byte is what it was
   */
  record Found(
      @Nullable ArchiveManifest manifest, @Nullable String hashList, List<ArchiveDamage> damage) {
    /** The manifest of a part without damage. */
    ArchiveManifest intact() {
      if (!damage.isEmpty() || manifest == null) {
        throw new DamagedArchiveException(damage);
      }
      return manifest;
    }
  }

  /**
   * Reads a part.
   *
   * @param onRecord the hash list as PostgreSQL has it; null when it knows nothing of the part, so
   *     that only the list in the store can be gone by
   * @param into folder the uncompressed rows are written to; null to read only
   */
  Found read(ArchivePart part, @Nullable String onRecord, @Nullable Path into) {
    List<ArchiveDamage> damage = new ArrayList<>();
    String listName = part.folder() + "/" + HashList.NAME;
    Optional<byte[]> listed = small(listName, damage);
    String text = listed.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse(null);
    if (text != null && onRecord != null && !text.equals(onRecord)) {
      damage.add(differs(listName, HashList.sha256(text), HashList.sha256(onRecord), "on record"));
    }
    String trusted = onRecord == null ? text : onRecord;
    if (trusted == null) {
      return new Found(null, text, damage);
    }
    HashList hashes;
    try {
      hashes = HashList.parse(trusted);
    } catch (IllegalArgumentException e) {
      damage.add(new ArchiveDamage(listName, String.valueOf(e.getMessage())));
      return new Found(null, text, damage);
    }
    Set<String> expected =
        new TreeSet<>(
            List.of(ArchiveManifest.NAME, ArchiveManifest.SIGNALS, ArchiveManifest.DISPATCH));
    if (!hashes.hashes().keySet().equals(expected)) {
      damage.add(
          new ArchiveDamage(
              listName, "names %s, expected %s".formatted(hashes.hashes().keySet(), expected)));
      return new Found(null, text, damage);
    }
    ArchiveManifest manifest = manifest(part, hashes, damage);
    for (String name : List.of(ArchiveManifest.SIGNALS, ArchiveManifest.DISPATCH)) {
      rows(part, name, hashes, manifest, into, damage);
    }
    return new Found(manifest, text, damage);
  }

  private @Nullable ArchiveManifest manifest(
      ArchivePart part, HashList hashes, List<ArchiveDamage> damage) {
    String name = part.folder() + "/" + ArchiveManifest.NAME;
    Optional<byte[]> content = small(name, damage);
    if (content.isEmpty()) {
      return null;
    }
    String hash = HashList.sha256(content.get());
    String listed = hashOf(hashes, ArchiveManifest.NAME);
    if (!hash.equals(listed)) {
      damage.add(differs(name, hash, listed, "listed"));
      return null;
    }
    try {
      ArchiveManifest manifest = ArchiveManifest.parse(content.get());
      if (!manifest.key().equals(part)) {
        damage.add(new ArchiveDamage(name, "is the manifest of " + manifest.key()));
        return null;
      }
      return manifest;
    } catch (IllegalArgumentException e) {
      damage.add(new ArchiveDamage(name, String.valueOf(e.getMessage())));
      return null;
    }
  }

  private void rows(
      ArchivePart part,
      String file,
      HashList hashes,
      @Nullable ArchiveManifest manifest,
      @Nullable Path into,
      List<ArchiveDamage> damage) {
    String name = part.folder() + "/" + file;
    Optional<InputStream> stored = store.open(name);
    if (stored.isEmpty()) {
      damage.add(missing(name));
      return;
    }
    MessageDigest compressed = HashList.newDigest();
    MessageDigest plain = HashList.newDigest();
    String unreadable = "";
    try (InputStream in = new DigestInputStream(stored.get(), compressed);
        OutputStream out = new DigestOutputStream(sink(into, file), plain)) {
      try {
        // Not closed by itself: what lies behind the compressed rows counts as well.
        new GZIPInputStream(in, BUFFER).transferTo(out);
      } catch (IOException e) {
        unreadable = "; it cannot be decompressed: " + e.getMessage();
      }
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException("rows of " + name + " cannot be kept: " + e.getMessage(), e);
    }
    String hash = RowsFile.hex(compressed);
    String listed = hashOf(hashes, file);
    if (!hash.equals(listed) || !unreadable.isEmpty()) {
      damage.add(
          new ArchiveDamage(
              name, "SHA-256 is %s, listed is %s%s".formatted(hash, listed, unreadable)));
    } else if (manifest != null) {
      ArchivedFile described =
          file.equals(ArchiveManifest.SIGNALS) ? manifest.signals() : manifest.dispatch();
      String rowsHash = RowsFile.hex(plain);
      if (!rowsHash.equals(described.rowsSha256())) {
        damage.add(differs(name + " uncompressed", rowsHash, described.rowsSha256(), "described"));
      }
    }
  }

  private static OutputStream sink(@Nullable Path into, String file) throws IOException {
    return into == null
        ? OutputStream.nullOutputStream()
        : new BufferedOutputStream(Files.newOutputStream(into.resolve(plainName(file))), BUFFER);
  }

  /** Name of the uncompressed rows. */
  static String plainName(String file) {
    return file.substring(0, file.length() - ".gz".length());
  }

  private Optional<byte[]> small(String name, List<ArchiveDamage> damage) {
    Optional<InputStream> stored = store.open(name);
    if (stored.isEmpty()) {
      damage.add(missing(name));
      return Optional.empty();
    }
    try (InputStream in = stored.get()) {
      byte[] content = in.readNBytes(LARGEST_LIST + 1);
      if (content.length > LARGEST_LIST) {
        damage.add(new ArchiveDamage(name, "is longer than " + LARGEST_LIST + " bytes"));
        return Optional.empty();
      }
      return Optional.of(content);
    } catch (IOException e) {
      throw new StoreFailure(name + " cannot be read: " + e, e);
    }
  }

  private static String hashOf(HashList hashes, String file) {
    return String.valueOf(hashes.hashes().get(file));
  }

  private static ArchiveDamage missing(String name) {
    return new ArchiveDamage(name, "is missing");
  }

  private static ArchiveDamage differs(String name, String is, String expected, String where) {
    return new ArchiveDamage(name, "SHA-256 is %s, %s is %s".formatted(is, where, expected));
  }
}
