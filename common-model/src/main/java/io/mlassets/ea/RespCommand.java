package io.mlassets.ea;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command on the wire, RESP2. */
public final class RespCommand {
  private RespCommand() {}

  /** The bytes of a command of these words. */
  public static byte[] encode(List<String> words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("*" + words.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (String word : words) {
      byte[] content = word.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(("$" + content.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      bytes.writeBytes(content);
      bytes.write('\r');
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }
}
