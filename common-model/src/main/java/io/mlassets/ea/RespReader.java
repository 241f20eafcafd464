package io.mlassets.ea;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads Redis' replies (RESP2). They may come torn anywhere and in any number; a reply is taken
 * whole or not at all, and none may be larger than the bounds here (C8, C9). Bytes that are not
 * plain ASCII become '?', so that no reader takes them for anything.
 */
final class RespReader {
  private static final int LARGEST_BULK = 65_536;
  private static final int MOST_VALUES = 8_192;
  private static final int DEEPEST = 5;
  private static final int LONGEST_LINE = 512;
  private static final int MOST_WAITING = 2_097_152;

  /** What is read is no reply, or out of bounds. */
  static final class NotRespException extends Exception {
    private static final long serialVersionUID = 1L;

    private NotRespException(String message) {
      super(message, null, false, false);
    }
  }

  /** The rest of the reply has not come yet. */
  private static final class Torn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Torn() {
      super("torn", null, false, false);
    }
  }

  private static final Torn TORN = new Torn();
  private byte[] bytes = new byte[4_096];
  private int head;
  private int tail;
  private int pos;
  private int values;

  void clear() {
    head = 0;
    tail = 0;
  }

  /** Takes bytes; false when more is waiting than may. */
  boolean add(byte[] more) {
    if (tail + more.length > bytes.length) {
      int waiting = tail - head;
      byte[] larger =
          waiting + more.length > bytes.length ? new byte[2 * (waiting + more.length)] : bytes;
      System.arraycopy(bytes, head, larger, 0, waiting);
      bytes = larger;
      head = 0;
      tail = waiting;
    }
    System.arraycopy(more, 0, bytes, tail, more.length);
    tail += more.length;
    return tail - head <= MOST_WAITING;
  }

  /** Takes the next reply; empty while it is not whole. */
  Optional<RespReply> next() throws NotRespException {
    pos = head;
    values = 0;
    try {
      RespReply reply = value(0);
      head = pos;
      return Optional.of(reply);
    } catch (Torn e) {
      return Optional.empty();
    }
  }

  private RespReply value(int depth) throws NotRespException {
    require(depth <= DEEPEST, "too deep");
    if (pos >= tail) {
      throw TORN;
    }
    char type = (char) bytes[pos];
    require("+-:$*".indexOf(type) >= 0, "no RESP");
    int end = lineEnd();
    String line = ascii(pos + 1, end);
    pos = end + 2;
    if ((type == '$' || type == '*') && !line.equals("-1")) {
      long length = EaText.whole(line);
      require(length >= 0 && length <= (type == '$' ? LARGEST_BULK : MOST_VALUES), "length");
      return type == '$' ? bulk((int) length) : many((int) length, depth);
    }
    count();
    return switch (type) {
      case '+' -> new RespReply.Status(line);
      case '-' -> new RespReply.Refusal(line);
      case ':' -> new RespReply.Whole(line);
      default -> new RespReply.Nothing();
    };
  }

  private void count() throws NotRespException {
    values++;
    require(values <= MOST_VALUES, "too many values");
  }

  private static void require(boolean fit, String what) throws NotRespException {
    if (!fit) {
      throw new NotRespException(what);
    }
  }

  private int lineEnd() throws NotRespException {
    for (int i = pos; i < tail - 1; i++) {
      if (bytes[i] == '\r') {
        require(bytes[i + 1] == '\n', "line end");
        return i;
      }
      require(i - pos <= LONGEST_LINE, "line too long");
    }
    throw TORN;
  }

  private RespReply bulk(int length) throws NotRespException {
    if (tail < pos + length + 2) {
      throw TORN;
    }
    require(bytes[pos + length] == '\r' && bytes[pos + length + 1] == '\n', "bulk end");
    count();
    RespReply bulk = new RespReply.Bulk(ascii(pos, pos + length));
    pos += length + 2;
    return bulk;
  }

  private RespReply many(int length, int depth) throws NotRespException {
    count();
    List<RespReply> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(value(depth + 1));
    }
    return new RespReply.Many(List.copyOf(items));
  }

  private String ascii(int from, int to) {
    byte[] text = Arrays.copyOfRange(bytes, from, to);
    for (int i = 0; i < text.length; i++) {
      if (text[i] < ' ' || text[i] > '~') {
        text[i] = '?';
      }
    }
    return new String(text, StandardCharsets.US_ASCII);
  }
}
