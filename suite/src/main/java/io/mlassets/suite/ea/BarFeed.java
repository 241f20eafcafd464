package io.mlassets.suite.ea;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The market's newest bars, read from stream {@code bars}. */
final class BarFeed {
  private static final String PAGE = "500";

  private final String stream;
  private final PaperMarket market;
  private @Nullable String lastId;

  BarFeed(String stream, PaperMarket market) {
    this.stream = stream;
    this.market = market;
  }

  /** Hears what is new. */
  void hear(RespClient commands) throws IOException {
    String after = lastId == null ? "0-0" : lastId;
    Object found = commands.call("XREAD", "COUNT", "1000", "STREAMS", stream, after);
    if (found instanceof List<?> streams && !streams.isEmpty()) {
      for (Object entry : (List<?>) ((List<?>) streams.getFirst()).get(1)) {
        market.heard(bar(entry));
        lastId = id(entry);
      }
    }
  }

  /**
   * Hears the newest bars at first, and goes back until each symbol held has a quote or the stream
   * ends.
   */
  void begin(RespClient commands, Set<String> symbolsHeld) throws IOException {
    if (lastId != null) {
      return;
    }
    List<?> page = back(commands, "+");
    for (Object entry : page.reversed()) {
      market.heard(bar(entry));
      lastId = id(entry);
    }
    while (!page.isEmpty() && !market.quotes(symbolsHeld)) {
      page = back(commands, "(" + id(page.getLast()));
      page.forEach(entry -> market.heardLate(bar(entry)));
    }
  }

  private List<?> back(RespClient commands, String from) throws IOException {
    Object found = commands.call("XREVRANGE", stream, from, "-", "COUNT", PAGE);
    return found instanceof List<?> entries ? entries : List.of();
  }

  private static String id(@Nullable Object entry) {
    return entry instanceof List<?> parts ? String.valueOf(parts.getFirst()) : "0-0";
  }

  private static String bar(@Nullable Object entry) {
    return entry instanceof List<?> parts
            && parts.get(1) instanceof List<?> fields
            && fields.size() > 1
        ? String.valueOf(fields.get(1))
        : "";
  }
}
