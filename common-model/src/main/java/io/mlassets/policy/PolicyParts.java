package io.mlassets.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A value made of named parts, read once each, with errors that name key and part. */
final class PolicyParts {
  private final String key;
  private final JsonNode node;
  private final Set<String> asked = new HashSet<>();

  PolicyParts(String key, JsonNode node) {
    if (!node.isObject()) {
      throw PolicyFile.wrong(key, node, "made of named parts");
    }
    this.key = key;
    this.node = node;
  }

  <T> T read(Function<PolicyParts, T> reading) {
    T value;
    try {
      value = reading.apply(this);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(key) ? e : new IllegalArgumentException(key + ": " + message, e);
    }
    for (String part : node.propertyNames()) {
      if (!asked.contains(part)) {
        throw new IllegalArgumentException("%s: unknown part '%s'".formatted(key, part));
      }
    }
    return value;
  }

  double number(String part) {
    return PolicyFile.numberOf(shown(part), part(part));
  }

  int whole(String part) {
    return PolicyFile.wholeOf(shown(part), part(part));
  }

  String text(String part) {
    return PolicyFile.textOf(shown(part), part(part));
  }

  Duration duration(String part) {
    return PolicyFile.durationOf(shown(part), part(part));
  }

  <E extends Enum<E>> E oneOf(String part, Class<E> type) {
    return PolicyFile.oneOf(shown(part), part(part), type);
  }

  private String shown(String part) {
    return key + "." + part;
  }

  private @Nullable JsonNode part(String part) {
    asked.add(part);
    return node.get(part);
  }
}
