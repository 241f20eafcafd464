package io.mlassets.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * A zip of uncompressed entries in one canonical form: names sorted, no times, no comments. Any zip
 * tool opens it; two archives of the same entries are the same bytes on every machine; reading
 * needs no more memory than the archive; a byte that is not as the form demands shows.
 */
final class StoredZip {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int VERSION = 10;
  // 1980-01-01, the first day a zip knows.
  private static final int NO_DATE = 0x21;
  private static final int MAX_ENTRIES = 100;

  private StoredZip() {}

  static byte[] write(SortedMap<String, byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    entries.forEach(
        (name, content) -> {
          byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
          ByteBuffer central = buffer(CENTRAL_BYTES).putInt(CENTRAL).putShort((short) VERSION);
          describe(central, ascii, content);
          // No comment, first disk, no attributes.
          central.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
          directory.writeBytes(central.putInt(out.size()).array());
          directory.writeBytes(ascii);
          ByteBuffer local = buffer(LOCAL_BYTES).putInt(LOCAL);
          describe(local, ascii, content);
          out.writeBytes(local.array());
          out.writeBytes(ascii);
          out.writeBytes(content);
        });
    int start = out.size();
    out.writeBytes(directory.toByteArray());
    short count = (short) entries.size();
    ByteBuffer end = buffer(END_BYTES).putInt(END).putInt(0).putShort(count).putShort(count);
    out.writeBytes(end.putInt(directory.size()).putInt(start).array());
    return out.toByteArray();
  }

  /** The entries; anything but the canonical form → {@link InvalidBundleException}. */
  static SortedMap<String, byte[]> read(byte[] zip) {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    while (in.remaining() >= LOCAL_BYTES && in.getInt(in.position()) == LOCAL) {
      if (entries.size() == MAX_ENTRIES) {
        throw new InvalidBundleException("zip has more than %d entries".formatted(MAX_ENTRIES));
      }
      readEntry(in, entries);
    }
    if (entries.isEmpty()) {
      throw new InvalidBundleException("not a zip of %d bytes".formatted(zip.length));
    }
    if (!Arrays.equals(write(entries), zip)) {
      throw new InvalidBundleException(
          "zip is damaged or not in the form bundles have (stored entries, sorted, no times)");
    }
    return entries;
  }

  private static void readEntry(ByteBuffer in, SortedMap<String, byte[]> entries) {
    int at = in.position();
    int method = in.getShort(at + 8);
    int size = in.getInt(at + 22);
    int nameLength = in.getShort(at + 26) & 0xFFFF;
    long left = (long) in.remaining() - LOCAL_BYTES - nameLength;
    if (method != 0 || size < 0 || size > left) {
      throw new InvalidBundleException(
          "zip entry at byte %d: method %d, %d bytes, %d left".formatted(at, method, size, left));
    }
    in.position(at + LOCAL_BYTES);
    byte[] name = new byte[nameLength];
    in.get(name);
    byte[] content = new byte[size];
    in.get(content);
    if (entries.put(new String(name, StandardCharsets.US_ASCII), content) != null) {
      throw new InvalidBundleException("zip entry at byte %d repeats a name".formatted(at));
    }
  }

  /** The fields local and central headers share, from the version needed to the extra's length. */
  private static void describe(ByteBuffer header, byte[] name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    header.putShort((short) VERSION).putShort((short) 0).putShort((short) 0);
    header.putShort((short) 0).putShort((short) NO_DATE);
    header.putInt((int) crc.getValue()).putInt(content.length).putInt(content.length);
    header.putShort((short) name.length).putShort((short) 0);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
