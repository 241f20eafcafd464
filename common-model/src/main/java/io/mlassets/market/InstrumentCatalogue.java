package io.mlassets.market;

import io.mlassets.control.WeeklySession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The instruments known, from {@code config/instruments.yaml}. */
public final class InstrumentCatalogue {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> KEYS =
      Set.of(
          "asset_class",
          "contract_size",
          "quote_currency",
          "spread_bps",
          "commission_bps",
          "slippage_bps",
          "swap_bps_per_day",
          "session");

  /** Symbols that begin so are the simulator's and share one entry. */
  private static final String SIMULATED = "SIM";

  private final Map<Symbol, Instrument> bySymbol;
  private final Map<Symbol, WeeklySession> sessions;
  private final @Nullable Instrument simulated;

  private InstrumentCatalogue(
      Map<Symbol, Instrument> bySymbol,
      Map<Symbol, WeeklySession> sessions,
      @Nullable Instrument simulated) {
    this.bySymbol = Map.copyOf(bySymbol);
    this.sessions = Map.copyOf(sessions);
    this.simulated = simulated;
  }

  /**
   * Reads and checks the file.
   *
   * @throws IllegalArgumentException naming file, symbol and key
   */
  public static InstrumentCatalogue read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + ": no such file");
    }
    JsonNode root;
    try {
      root = YAML.readTree(file.toFile());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          file + ": not readable as YAML: " + e.getOriginalMessage(), e);
    }
    Map<Symbol, Instrument> bySymbol = new HashMap<>();
    Map<Symbol, WeeklySession> sessions = new HashMap<>();
    for (var entry : root.properties()) {
      try {
        Symbol symbol = new Symbol(entry.getKey());
        bySymbol.put(symbol, instrument(symbol, entry.getValue()));
        sessions.put(symbol, session(symbol, entry.getValue()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
      }
    }
    Instrument simulated = bySymbol.remove(new Symbol(SIMULATED));
    return new InstrumentCatalogue(bySymbol, sessions, simulated);
  }

  private static WeeklySession session(Symbol symbol, JsonNode node) {
    if (!node.has("session")) {
      return WeeklySession.ALWAYS;
    }
    try {
      return WeeklySession.parse(text(symbol, node, "session"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(symbol + ": session: " + e.getMessage(), e);
    }
  }

  private static Instrument instrument(Symbol symbol, JsonNode node) {
    node.propertyNames().stream()
        .filter(key -> !KEYS.contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw new IllegalArgumentException(symbol + ": unknown key '" + key + "'");
            });
    return new Instrument(
        symbol,
        text(symbol, node, "asset_class"),
        number(symbol, node, "contract_size"),
        text(symbol, node, "quote_currency"),
        number(symbol, node, "spread_bps"),
        number(symbol, node, "commission_bps"),
        number(symbol, node, "slippage_bps"),
        number(symbol, node, "swap_bps_per_day"));
  }

  private static String text(Symbol symbol, JsonNode node, String key) {
    if (!node.path(key).isString()) {
      throw new IllegalArgumentException("%s: %s is not a text".formatted(symbol, key));
    }
    return node.path(key).stringValue();
  }

  private static double number(Symbol symbol, JsonNode node, String key) {
    if (!node.path(key).isNumber()) {
      throw new IllegalArgumentException("%s: %s is not a number".formatted(symbol, key));
    }
    return node.path(key).doubleValue();
  }

  /** Whether the symbol is known. */
  public boolean knows(Symbol symbol) {
    return find(symbol).isPresent();
  }

  /**
   * Whether a bar lies, in part at least, in the hours its symbol is traded; a symbol whose entry
   * names none, and one that is unknown, always is.
   */
  public boolean inSession(Bar bar) {
    Symbol entry = isSimulated(bar.symbol()) ? new Symbol(SIMULATED) : bar.symbol();
    WeeklySession session = sessions.getOrDefault(entry, WeeklySession.ALWAYS);
    return !session.openBetween(bar.ts(), bar.end()).isZero();
  }

  private static boolean isSimulated(Symbol symbol) {
    return symbol.name().startsWith(SIMULATED);
  }

  /**
   * The instrument of a symbol.
   *
   * @throws IllegalArgumentException for an unknown symbol
   */
  public Instrument of(Symbol symbol) {
    return find(symbol)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "symbol %s is not in instruments.yaml".formatted(symbol)));
  }

  /** The instrument of a symbol, empty when it is unknown. */
  public Optional<Instrument> find(Symbol symbol) {
    Instrument known = bySymbol.get(symbol);
    Instrument shared = simulated;
    if (known != null || shared == null || !isSimulated(symbol)) {
      return Optional.ofNullable(known);
    }
    return Optional.of(
        new Instrument(
            symbol,
            shared.assetClass(),
            shared.contractSize(),
            shared.quoteCurrency(),
            shared.spreadBps(),
            shared.commissionBps(),
            shared.slippageBps(),
            shared.swapBpsPerDay()));
  }
}
