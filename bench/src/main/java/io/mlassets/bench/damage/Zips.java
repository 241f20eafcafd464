package io.mlassets.bench.damage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Zips of stored entries as bundles are, and as they are not. */
final class Zips {
  /** Where a local header has the time, the size of its content, and the length of its name. */
  static final int TIME_AT = 10;

  static final int SIZE_AT = 22;
  private static final int NAME_LENGTH_AT = 26;
  private static final int LOCAL_BYTES = 30;
  private static final int DATE = 0x21;

  private Zips() {}

  static SortedMap<String, byte[]> read(byte[] zip) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("a sound bundle", e);
    }
  }

  /** Entries in this order, names repeated or not. */
  static byte[] stored(List<Map.Entry<String, byte[]>> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> entry : entries) {
      byte[] name = entry.getKey().getBytes(StandardCharsets.US_ASCII);
      ByteBuffer described = described(name, entry.getValue());
      directory.writeBytes(buffer(6).putInt(0x02014b50).putShort((short) 10).array());
      directory.writeBytes(described.array());
      directory.writeBytes(buffer(14).putInt(10, out.size()).array());
      directory.writeBytes(name);
      out.writeBytes(buffer(4).putInt(0x04034b50).array());
      out.writeBytes(described.array());
      out.writeBytes(name);
      out.writeBytes(entry.getValue());
    }
    short count = (short) entries.size();
    ByteBuffer end = buffer(22).putInt(0x06054b50).putInt(0).putShort(count).putShort(count);
    end.putInt(directory.size()).putInt(out.size());
    out.writeBytes(directory.toByteArray());
    out.writeBytes(end.array());
    return out.toByteArray();
  }

  private static ByteBuffer described(byte[] name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    ByteBuffer header = buffer(26).putShort((short) 10).putInt(0).putShort((short) 0);
    header.putShort((short) DATE).putInt((int) crc.getValue());
    header.putInt(content.length).putInt(content.length);
    return header.putShort((short) name.length).putShort((short) 0);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Entries as any zip tool writes them. */
  static byte[] compressed(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.US_ASCII)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return out.toByteArray();
  }

  /** Where the local header of an entry begins. */
  static int headerAt(byte[] zip, int entry) {
    ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (int i = 0; i < entry; i++) {
      at += LOCAL_BYTES + in.getShort(at + NAME_LENGTH_AT) + in.getInt(at + SIZE_AT);
    }
    return at;
  }

  static byte[] withInt(byte[] zip, int at, int value) {
    byte[] changed = zip.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return changed;
  }
}
