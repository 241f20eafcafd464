package io.mlassets.suite.ea;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an Expert Advisor reads of a signal.
 *
 * @param seq sequence number
 * @param id which signal has that number
 * @param pair both symbols, {@code A-B}
 * @param action {@code ENTER, EXIT, HOLD}
 * @param orders the legs' orders
 * @param scale share of the full position
 * @param expiresAt an entry is not executed after it
 */
record EaSignal(
    long seq,
    String id,
    String pair,
    String action,
    List<Order> orders,
    double scale,
    Instant expiresAt) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * One leg's order.
   *
   * @param symbol instrument
   * @param side BUY or SELL
   * @param weight share of gross notional
   */
  record Order(String symbol, String side, double weight) {}

  static EaSignal parse(String text) {
    JsonNode json = JSON.readTree(text);
    List<Order> orders = new ArrayList<>();
    for (JsonNode leg : json.required("legs")) {
      orders.add(
          new Order(
              leg.required("symbol").stringValue(),
              leg.required("side").stringValue(),
              leg.required("weight").doubleValue()));
    }
    return new EaSignal(
        json.required("seq").longValue(),
        json.required("signal_id").stringValue(),
        json.required("pair").stringValue().replace("/", "").replace(" vs ", "-"),
        action(json.required("action").stringValue()),
        List.copyOf(orders),
        json.required("position_scale").doubleValue(),
        Instant.parse(json.required("expires_at").stringValue()));
  }

  private static String action(String action) {
    return switch (action) {
      case "ENTER", "EXIT", "HOLD" -> action;
      default -> throw new IllegalArgumentException("no such action: " + action);
    };
  }

  /** Whether it asks for anything. */
  boolean isOrder() {
    return !action.equals("HOLD");
  }
}
