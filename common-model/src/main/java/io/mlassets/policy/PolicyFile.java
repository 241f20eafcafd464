package io.mlassets.policy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One policy file: its keys' values by name, read once each, with errors that name the key. */
final class PolicyFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path path;
  private final Map<String, JsonNode> values;
  private final Set<String> asked = new HashSet<>();

  private PolicyFile(Path path, Map<String, JsonNode> values) {
    this.path = path;
    this.values = values;
  }

  static PolicyFile read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new InvalidPolicyException(path + ": no such file");
    }
    try {
      JsonNode root = YAML.readTree(path.toFile());
      if (root == null || !root.isObject()) {
        throw new InvalidPolicyException(path + ": expected keys with value and label_ja");
      }
      Map<String, JsonNode> values = new HashMap<>();
      root.properties().forEach(e -> values.put(e.getKey(), valueOf(path, e)));
      return new PolicyFile(path, values);
    } catch (JacksonException e) {
      throw new InvalidPolicyException(path + ": not readable as YAML: " + e.getOriginalMessage());
    }
  }

  /** A file's keys and values as they were kept, without labels and descriptions. */
  static PolicyFile of(String name, JsonNode values) {
    Map<String, JsonNode> kept = new HashMap<>();
    values.properties().forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
    return new PolicyFile(Path.of(name), kept);
  }

  private static JsonNode valueOf(Path path, Map.Entry<String, JsonNode> entry) {
    JsonNode value = entry.getValue().isObject() ? entry.getValue().get("value") : null;
    if (value == null || value.isNull()) {
      throw new InvalidPolicyException("%s: %s has no 'value'".formatted(path, entry.getKey()));
    }
    if (!entry.getValue().path("label_ja").isString()) {
      throw new InvalidPolicyException("%s: %s has no 'label_ja'".formatted(path, entry.getKey()));
    }
    return value;
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  Map<String, JsonNode> values() {
    return values;
  }

  /** Runs a reading of this file and puts the file's name before whatever it refuses. */
  <T> T check(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidPolicyException(path + ": " + e.getMessage());
    }
  }

  double number(String key) {
    return numberOf(key, node(key));
  }

  static double numberOf(String shown, @Nullable JsonNode node) {
    if (node == null || !node.isNumber()) {
      throw wrong(shown, node, "a number");
    }
    return node.doubleValue();
  }

  int whole(String key) {
    return wholeOf(key, node(key));
  }

  static int wholeOf(String shown, @Nullable JsonNode node) {
    if (node == null || !node.isIntegralNumber() || !node.canConvertToInt()) {
      throw wrong(shown, node, "a whole number");
    }
    return node.intValue();
  }

  boolean flag(String key) {
    JsonNode node = node(key);
    if (!node.isBoolean()) {
      throw wrong(key, node, "true or false");
    }
    return node.booleanValue();
  }

  String text(String key) {
    return textOf(key, node(key));
  }

  static String textOf(String shown, @Nullable JsonNode node) {
    if (node == null || !node.isString() || node.stringValue().isBlank()) {
      throw wrong(shown, node, "a text");
    }
    return node.stringValue();
  }

  Duration duration(String key) {
    return durationOf(key, node(key));
  }

  static Duration durationOf(String shown, @Nullable JsonNode node) {
    try {
      return Duration.parse(textOf(shown, node));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%s: %s is not an ISO-8601 duration such as PT5M".formatted(shown, node), e);
    }
  }

  /** A text that may say nothing. */
  String textOrEmpty(String key) {
    JsonNode node = node(key);
    if (!node.isString()) {
      throw wrong(key, node, "a text");
    }
    return node.stringValue().strip();
  }

  <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    return oneOf(key, node(key), type);
  }

  static <E extends Enum<E>> E oneOf(String shown, @Nullable JsonNode node, Class<E> type) {
    String text = textOf(shown, node);
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: '%s' is none of %s".formatted(shown, text, Arrays.toString(type.getEnumConstants())),
          e);
    }
  }

  /** Whether the file has a key that may be left out. */
  boolean has(String key) {
    return values.containsKey(key);
  }

  /** A value of several named parts; {@code usual} where the file says nothing. */
  <T> T parts(String key, Function<PolicyParts, T> reading, T usual) {
    return has(key) ? new PolicyParts(key, node(key)).read(reading) : usual;
  }

  Range range(String key) {
    return rangeOf(key, node(key));
  }

  Range range(String key, String part) {
    return rangeOf(key + "." + part, node(key).get(part));
  }

  private static Range rangeOf(String shown, @Nullable JsonNode node) {
    if (node == null
        || !node.isArray()
        || node.size() != 2
        || !node.get(0).isNumber()
        || !node.get(1).isNumber()) {
      throw wrong(shown, node, "two numbers [low, high]");
    }
    try {
      return new Range(node.get(0).doubleValue(), node.get(1).doubleValue());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(shown + ": " + e.getMessage(), e);
    }
  }

  void fixed(String key, String expected) {
    if (!text(key).equals(expected)) {
      throw new IllegalArgumentException(
          "%s: '%s' cannot be changed from '%s'".formatted(key, text(key), expected));
    }
  }

  void present(String key) {
    node(key);
  }

  void refuseUnknownKeys() {
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        throw new InvalidPolicyException("%s: unknown key '%s'".formatted(path, key));
      }
    }
  }

  private JsonNode node(String key) {
    asked.add(key);
    JsonNode node = values.get(key);
    if (node == null) {
      throw new IllegalArgumentException("key '%s' is missing".formatted(key));
    }
    return node;
  }

  static IllegalArgumentException wrong(String key, @Nullable JsonNode node, String expected) {
    return new IllegalArgumentException("%s: %s is not %s".formatted(key, node, expected));
  }
}
