package io.mlassets.bench.damage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Ways to damage the file, and tricks with the zip it is. */
final class ZipDamage {
  private static final int BLOCK = 512;
  private static final int BOMB = 64 << 20;
  private static final int LARGEST = 16 << 20;

  private ZipDamage() {}

  static byte[] bitFlipped(Case of) {
    byte[] zip = of.undamaged();
    zip[of.below(zip.length)] ^= (byte) (1 << of.below(8));
    return zip;
  }

  static byte[] overwritten(Case of) {
    byte[] zip = of.undamaged();
    byte[] noise = noise(of, 1 + of.below(64));
    int at = of.below(zip.length - noise.length);
    // So that it is never what was there.
    noise[0] = (byte) (zip[at] + 1);
    System.arraycopy(noise, 0, zip, at, noise.length);
    return zip;
  }

  static byte[] truncated(Case of) {
    byte[] zip = of.undamaged();
    return Arrays.copyOf(zip, of.below(zip.length));
  }

  static byte[] lengthened(Case of) {
    byte[] zip = of.undamaged();
    byte[] more = of.chance() ? new byte[1 + of.below(1_000)] : noise(of, 1 + of.below(1_000));
    byte[] longer = Arrays.copyOf(zip, zip.length + more.length);
    System.arraycopy(more, 0, longer, zip.length, more.length);
    return longer;
  }

  static byte[] noise(Case of) {
    return of.chance() ? noise(of, of.below(10_000)) : new byte[of.below(10_000)];
  }

  private static byte[] noise(Case of, int length) {
    byte[] noise = new byte[length];
    of.random().nextBytes(noise);
    return noise;
  }

  static byte[] blocksSwapped(Case of) {
    byte[] zip = of.undamaged();
    byte[] swapped = zip;
    while (Arrays.equals(swapped, zip)) {
      swapped = zip.clone();
      int one = of.below(zip.length - BLOCK);
      int other = of.below(zip.length - BLOCK);
      System.arraycopy(zip, one, swapped, other, BLOCK);
      System.arraycopy(zip, other, swapped, one, BLOCK);
    }
    return swapped;
  }

  static byte[] otherKey(Case of) {
    return of.sound().hashed().signed(of.version(), "some other key " + of.below(1_000)).zip();
  }

  static byte[] signature(Case of) {
    return of.sound()
        .hashed()
        .signed(of.version(), of.key())
        .changedJson(
            SignedBundle.ENVELOPE,
            envelope -> {
              String right = envelope.required("signature").stringValue();
              envelope.put(
                  "signature", of.one("", right.substring(1), right + "0", "5f".repeat(32)));
            })
        .zip();
  }

  static byte[] envelope(Case of) {
    return of.sound()
        .hashed()
        .signed(of.version(), of.key())
        .changedJson(
            SignedBundle.ENVELOPE,
            envelope -> {
              switch (of.below(5)) {
                case 0 -> envelope.put("model_version", "20200101_0000");
                case 1 -> envelope.put("created_at", "2020-01-01T00:00:00Z");
                case 2 -> envelope.put("content_sha256", "5f".repeat(32));
                case 3 -> envelope.remove(of.one(List.copyOf(envelope.propertyNames())));
                default -> envelope.putNull(of.one(List.copyOf(envelope.propertyNames())));
              }
            })
        .zip();
  }

  /** Changed and hashed anew by somebody without the key. */
  static byte[] unsigned(Case of) {
    SignedBundle signed = of.sound().hashed().signed(of.version(), of.key());
    String name = of.one(of.models());
    SignedBundle changed = signed.changed(name, text -> text + "\n");
    return (of.chance() ? changed : changed.hashed()).zip();
  }

  static byte[] otherVersion(Case of) {
    return of.sound().hashed().signed(of.version().next(), of.key()).zip();
  }

  static byte[] entryAdded(Case of) {
    String name =
        of.one("ai4.txt", "../../evil.txt", "/etc/passwd", "a/b", "", "MANIFEST.json", "zz");
    return of.resealed(of.sound().with(name, "x"));
  }

  static byte[] entryMissing(Case of) {
    SignedBundle hashed = of.sound().hashed();
    List<String> names = new ArrayList<>(of.models());
    names.add(SignedBundle.GOLDEN);
    String name = of.one(names);
    if (of.chance()) {
      return of.resealed(of.sound().without(name));
    }
    return of.chance()
        ? of.signed(hashed.without(name))
        : hashed
            .signed(of.version(), of.key())
            .without(of.one(SignedBundle.MANIFEST, SignedBundle.ENVELOPE))
            .zip();
  }

  static byte[] compressed(Case of) {
    return Zips.compressed(signed(of).files());
  }

  static byte[] bomb(Case of) {
    TreeMap<String, byte[]> files = new TreeMap<>(signed(of).files());
    files.put(of.one(of.models()), new byte[BOMB]);
    return Zips.compressed(files);
  }

  static byte[] tooLarge(Case of) {
    return of.withFile(of.one(of.models()), text -> text + " ".repeat(LARGEST));
  }

  static byte[] entryTwice(Case of) {
    List<Map.Entry<String, byte[]>> entries = new ArrayList<>(signed(of).entries());
    entries.add(of.below(entries.size()), of.one(entries));
    return Zips.stored(entries);
  }

  static byte[] unsorted(Case of) {
    List<Map.Entry<String, byte[]>> entries = new ArrayList<>(signed(of).entries());
    List<Map.Entry<String, byte[]>> sorted = List.copyOf(entries);
    while (entries.equals(sorted)) {
      Collections.shuffle(entries, Random.from(of.random()));
    }
    return Zips.stored(entries);
  }

  static byte[] sizeLies(Case of) {
    SignedBundle signed = signed(of);
    int entry = of.below(signed.files().size());
    byte[] zip = signed.zip();
    int at = Zips.headerAt(zip, entry) + Zips.SIZE_AT;
    int size = signed.entries().get(entry).getValue().length;
    return Zips.withInt(zip, at, of.one(size - 1, size + 1, 0, -1, Integer.MAX_VALUE, -size));
  }

  static byte[] timeSet(Case of) {
    SignedBundle signed = signed(of);
    byte[] zip = signed.zip();
    int at = Zips.headerAt(zip, of.below(signed.files().size())) + Zips.TIME_AT;
    return Zips.withInt(zip, at, 0x5a210000 + 1 + of.below(1_000));
  }

  private static SignedBundle signed(Case of) {
    return of.sound().hashed().signed(of.version(), of.key());
  }
}
