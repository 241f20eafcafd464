package io.mlassets.ea;

import io.mlassets.channel.Channels;
import io.mlassets.market.Pair;
import io.mlassets.market.Symbol;
import io.mlassets.signal.SignalKey;
import io.mlassets.signal.SignalMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays the steps of a scenario to the machine and writes down what it wants done. */
final class EaPlayer {
  static final Path FOLDER = Path.of("..", "mt5", "conformance").toAbsolutePath().normalize();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EaMachine machine = new EaMachine(config(JSON.createObjectNode()));
  private long now;

  /** The scenarios there are. */
  static List<Path> scenarios() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  static List<JsonNode> steps(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(JSON::readTree).toList();
  }

  /** A step that hands over these bytes. */
  static JsonNode bytes(String socket, String text, long now) {
    return JSON.createObjectNode()
        .put("do", "bytes")
        .put("now", now)
        .put("socket", socket)
        .put("text", text);
  }

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What came of one step. */
  List<String> play(JsonNode step) {
    return play(step, Integer.MAX_VALUE);
  }

  /** What came of one step, bytes handed over in pieces. */
  List<String> play(JsonNode step, int piece) {
    now = step.path("now").asLong(now);
    return switch (step.required("do").asString()) {
      case "start" -> start(step);
      case "connected" -> said(machine.connected(socket(step), now));
      case "lost" -> said(machine.lost(socket(step), now));
      case "bytes" -> received(step, piece);
      case "tick" -> said(machine.tick(now));
      case "result" -> said(machine.result(result(step), now));
      case "broker" -> {
        machine.broker(lots(step.required("lots")));
        yield List.of();
      }
      case "market" -> said(machine.market(Instant.parse(step.required("at").asString()), now));
      case "file" ->
          said(
              machine.file(
                  step.required("name").asString(), step.required("text").asString(), now));
      case "bar" -> said(machine.bar(step.required("text").asString()));
      case "adopt" ->
          said(
              machine.adopt(
                  step.required("why").asString(),
                  Pair.parse(step.required("pair").asString()),
                  new Symbol(step.required("symbol").asString()),
                  step.required("lots").asDouble()));
      case "end" -> said(machine.end());
      case "count" -> {
        EaCounts counts = machine.counts();
        yield List.of(
            "malformed %d stale %d duplicates %d received %d"
                .formatted(
                    counts.malformed(), counts.stale(), counts.duplicates(), counts.received()));
      }
      case "state" ->
          List.of(
              (machine.isListening() ? "listening" : "not listening")
                  + (machine.isStopped() ? ", stopped" : ""));
      default -> throw new IllegalArgumentException("no such step: " + step);
    };
  }

  private List<String> received(JsonNode step, int piece) {
    byte[] bytes = latin(step.required("text").asString());
    List<String> said = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += Math.min(piece, bytes.length)) {
      int to = (int) Math.min((long) from + piece, bytes.length);
      said.addAll(said(machine.received(socket(step), Arrays.copyOfRange(bytes, from, to), now)));
    }
    return said;
  }

  private static EaSocket socket(JsonNode step) {
    return step.required("socket").asString().equals("signals")
        ? EaSocket.SIGNALS
        : EaSocket.COMMANDS;
  }

  private List<String> start(JsonNode step) {
    machine = new EaMachine(config(step.required("config")));
    int number = 0;
    for (JsonNode line : step.path("journal")) {
      number++;
      Optional<String> error = machine.load(line.asString());
      if (error.isPresent()) {
        return List.of("refused line " + number + " " + error.get());
      }
    }
    if (step.has("broker")) {
      machine.broker(lots(step.required("broker")));
    }
    step.path("quotes").propertyStream().forEach(one -> machine.quote(quote(one)));
    machine.equity(step.path("equity").asDouble(100_000));
    return said(machine.begin(now));
  }

  private static EaConfig config(JsonNode from) {
    String key = from.path("key").asString("");
    String pairs = from.path("pairs").asString("");
    Set<Pair> traded =
        Stream.of(pairs.split(","))
            .filter(one -> !one.isEmpty())
            .map(Pair::parse)
            .collect(Collectors.toSet());
    return new EaConfig(
        from.path("account").asString("acc"),
        SignalMode.of(from.path("mode").asString("live")),
        new Channels(from.path("prefix").asString("")),
        new EaConfig.Login(
            from.path("user").asString(null),
            from.path("password").asString(null),
            from.path("database").asInt(0)),
        key.isEmpty() ? null : SignalKey.of(key),
        traded,
        from.path("bars").asBoolean(false) ? EaConfig.Clock.BARS : EaConfig.Clock.HEARTBEATS,
        from.path("files").asBoolean(false),
        new EaLimits(
            from.path("capital").asDouble(100_000),
            from.path("max_lots").asDouble(100),
            from.path("max_pairs").asInt(100),
            from.path("max_entries").asInt(100),
            from.path("min_equity").asDouble(0)));
  }

  private static Map<Symbol, Double> lots(JsonNode lots) {
    Map<Symbol, Double> bySymbol = new LinkedHashMap<>();
    lots.propertyStream()
        .forEach(one -> bySymbol.put(new Symbol(one.getKey()), one.getValue().asDouble()));
    return bySymbol;
  }

  private static EaQuote quote(Map.Entry<String, JsonNode> one) {
    JsonNode figures = one.getValue();
    return new EaQuote(
        new Symbol(one.getKey()),
        figures.get(0).asDouble(),
        figures.get(1).asDouble(),
        figures.get(2).asDouble(),
        figures.get(3).asDouble(),
        figures.get(4).asDouble());
  }

  private static EaResult result(JsonNode step) {
    List<EaDeal> deals = new ArrayList<>();
    for (JsonNode deal : step.required("deals")) {
      deals.add(
          new EaDeal(
              deal.get(0).asLong(),
              deal.get(1).asDouble(),
              deal.get(2).asDouble(),
              deal.get(3).asInt()));
    }
    return new EaResult(
        new OrderId(
            step.required("seq").asLong(),
            step.required("leg").asInt(),
            OrderKind.of(step.required("kind").asString())),
        step.required("retcode").asInt(),
        Instant.parse(step.required("at").asString()),
        deals);
  }

  private static List<String> said(List<EaAction> actions) {
    return actions.stream().map(EaPlayer::said).toList();
  }

  private static String said(EaAction action) {
    return switch (action) {
      case EaAction.Connect connect -> "connect " + connect.socket();
      case EaAction.Close close -> "close " + close.socket();
      case EaAction.Send send -> "send " + send.socket() + " " + String.join(" ", send.words());
      case EaAction.Journal journal -> "journal " + journal.line();
      case EaAction.Order order ->
          "order %s %s %s %s %d"
              .formatted(
                  which(order.id()),
                  order.lots() > 0 ? "BUY" : "SELL",
                  order.symbol(),
                  EaText.number(Math.abs(order.lots())),
                  order.id().magic());
      case EaAction.LookUp lookUp ->
          "lookup %s %s %d".formatted(which(lookUp.id()), lookUp.symbol(), lookUp.id().magic());
      case EaAction.WriteFile write -> "write " + write.file() + " " + write.text();
      case EaAction.Stop stop -> "stop " + stop.why();
    };
  }

  private static String which(OrderId id) {
    return "%d %d %s".formatted(id.seq(), id.leg(), id.kind().wire());
  }
}
