package io.mlassets.suite.ea;

import io.mlassets.channel.Channels;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Deals on their way to stream {@code fills}, in order. Whoever reads the stream books a ticket
 * once, so sending again what may have got lost does no harm.
 */
final class FillPost {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Deals Redis may have lost when it went away: it writes to disk each second. */
  private static final int LOOKED_BACK = 1_000;

  /** Entries of the stream searched for them; other accounts write there too. */
  private static final String SEARCHED = "5000";

  private final String stream;
  private final Deque<Deal> recent = new ArrayDeque<>();
  private final Deque<Deal> unsent = new ArrayDeque<>();
  private volatile long made;
  private volatile long sent;

  FillPost(String stream) {
    this.stream = stream;
  }

  /** Puts deals in line. */
  void add(List<Deal> deals) {
    for (Deal deal : deals) {
      unsent.add(deal);
      recent.add(deal);
      if (recent.size() > LOOKED_BACK) {
        recent.removeFirst();
      }
    }
    made = made + deals.size();
  }

  /** Puts those deals in line again that the stream does not have. */
  void lookBack(RespClient commands) throws IOException {
    Set<Long> there = new HashSet<>();
    Object found = commands.call("XREVRANGE", stream, "+", "-", "COUNT", SEARCHED);
    for (Object entry : found instanceof List<?> entries ? entries : List.of()) {
      List<?> fields = (List<?>) ((List<?>) entry).get(1);
      there.addAll(ticketsOf(String.valueOf(fields.get(1))));
    }
    unsent.clear();
    recent.stream().filter(deal -> !there.contains(deal.dealTicket())).forEach(unsent::add);
    sent = made - unsent.size();
  }

  private Set<Long> ticketsOf(String text) {
    try {
      JsonNode fill = JSON.readTree(text);
      boolean ours =
          !recent.isEmpty() && fill.path("account").asString("").equals(recent.getLast().account());
      return ours ? Set.of(fill.path("deal_ticket").asLong(0)) : Set.of();
    } catch (JacksonException e) {
      return Set.of(); // Somebody else's; the dispatcher quarantines it.
    }
  }

  /** Sends what is in line. */
  void flush(RespClient commands) throws IOException {
    while (!unsent.isEmpty()) {
      String fill = JSON.writeValueAsString(unsent.getFirst());
      commands.call("XADD", stream, "*", Channels.PAYLOAD, fill);
      unsent.removeFirst();
      sent = sent + 1;
    }
  }

  /** Deals and refusals there are, sent or not. */
  long made() {
    return made;
  }

  /** Deals and refusals Redis has, each counted once. */
  long sent() {
    return sent;
  }
}
