package io.mlassets.ea;

import io.mlassets.channel.Channels;
import java.util.ArrayList;
import java.util.List;

/** Entries of a stream as XRANGE gives them. */
final class StreamPage {
  /**
   * One entry.
   *
   * @param id its id; empty when it has none
   * @param json its document; empty when it has none
   */
  record Entry(String id, String json) {}

  private StreamPage() {}

  static List<Entry> of(RespReply page) {
    List<Entry> entries = new ArrayList<>();
    if (page instanceof RespReply.Many many) {
      many.items().forEach(item -> entries.add(entry(item)));
    }
    return entries;
  }

  private static Entry entry(RespReply item) {
    return item instanceof RespReply.Many parts && parts.items().size() == 2
        ? new Entry(parts.items().get(0).text(), json(parts.items().get(1)))
        : new Entry("", "");
  }

  private static String json(RespReply fields) {
    if (fields instanceof RespReply.Many many) {
      for (int i = 0; i + 1 < many.items().size(); i += 2) {
        if (many.items().get(i).text().equals(Channels.PAYLOAD)) {
          return many.items().get(i + 1).text();
        }
      }
    }
    return "";
  }
}
