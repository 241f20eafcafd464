package io.mlassets.ea;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A strict reader of the documents exchanged: one object, plain ASCII, no white space between
 * tokens, no escapes, no exponents, no member twice, bounded in every direction. What it does not
 * know how to read it refuses; it never guesses. Values are named by paths such as {@code
 * legs[0].side}.
 */
final class StrictJson {
  private static final int MOST_VALUES = 512;
  private static final int DEEPEST = 4;
  private static final int LONGEST_NUMBER = 24;
  private static final long LARGEST_COUNTER = 1_000_000_000_000L;

  private enum Type {
    TEXT,
    NUMBER,
    WORD,
    OBJECT,
    LIST
  }

  private record Item(Type type, String raw) {}

  private final Map<String, Item> items = new HashMap<>();
  private final String text;
  private int pos;
  private int count;

  private StrictJson(String text) {
    this.text = text;
  }

  /** Reads a text; empty when it is not one object that can be read whole. */
  static Optional<StrictJson> read(String text) {
    StrictJson json = new StrictJson(text);
    try {
      json.object("", 0);
      json.require(json.pos == text.length());
      return Optional.of(json);
    } catch (UnfitDocument e) {
      return Optional.empty();
    }
  }

  private void require(boolean fit) {
    if (!fit) {
      throw new UnfitDocument("not JSON as agreed at character " + pos);
    }
  }

  private char here() {
    return pos < text.length() ? text.charAt(pos) : 0;
  }

  private boolean take(char c) {
    if (here() != c) {
      return false;
    }
    pos++;
    return true;
  }

  private void value(String path, int depth) {
    count++;
    require(count < MOST_VALUES);
    int from = pos;
    Type type =
        switch (here()) {
          case '"' -> {
            quoted();
            keep(path, Type.TEXT, text.substring(from + 1, pos - 1));
            yield Type.TEXT;
          }
          case '{' -> {
            object(path, depth);
            yield Type.OBJECT;
          }
          case '[' -> {
            list(path, depth);
            yield Type.LIST;
          }
          case 't' -> word("true");
          case 'f' -> word("false");
          case 'n' -> word("null");
          default -> number();
        };
    if (type == Type.WORD || type == Type.NUMBER) {
      keep(path, type, text.substring(from, pos));
    }
  }

  private void keep(String path, Type type, String raw) {
    require(items.put(path, new Item(type, raw)) == null);
  }

  private Type word(String word) {
    require(text.startsWith(word, pos));
    pos += word.length();
    return Type.WORD;
  }

  private Type number() {
    int from = pos;
    take('-');
    int digits = pos;
    someDigits();
    require(text.charAt(digits) != '0' || pos - digits == 1);
    if (take('.')) {
      someDigits();
    }
    require(pos - from <= LONGEST_NUMBER);
    return Type.NUMBER;
  }

  private void someDigits() {
    int from = pos;
    while (here() >= '0' && here() <= '9') {
      pos++;
    }
    require(pos > from);
  }

  private void quoted() {
    require(take('"'));
    while (here() != '"') {
      require(here() >= ' ' && here() <= '~' && here() != '\\');
      pos++;
    }
    pos++;
  }

  private void object(String path, int depth) {
    int from = pos;
    require(depth <= DEEPEST && take('{'));
    if (!take('}')) {
      do {
        member(path, depth);
      } while (take(','));
      require(take('}'));
    }
    keep(path, Type.OBJECT, text.substring(from, pos));
  }

  private void member(String path, int depth) {
    int from = pos + 1;
    quoted();
    String name = text.substring(from, pos - 1);
    // Names are plain words, so that a path means one thing.
    require(
        !name.isEmpty()
            && name.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'));
    require(take(':'));
    String inner = path.isEmpty() ? name : path + "." + name;
    require(!items.containsKey(inner));
    value(inner, depth + 1);
  }

  private void list(String path, int depth) {
    int from = pos;
    require(depth <= DEEPEST && take('['));
    if (!take(']')) {
      int index = 0;
      do {
        value(path + "[" + index + "]", depth + 1);
        index++;
      } while (take(','));
      require(take(']'));
    }
    keep(path, Type.LIST, text.substring(from, pos));
  }

  boolean has(String path) {
    return items.containsKey(path);
  }

  private Item item(String path, Type type) {
    Item item = items.get(path);
    if (item == null || item.type() != type) {
      throw new UnfitDocument("%s is missing or no %s".formatted(path, type));
    }
    return item;
  }

  /** Text of at least one and at most so many characters. */
  String text(String path, int longest) {
    String found = item(path, Type.TEXT).raw();
    if (found.isEmpty() || found.length() > longest) {
      throw new UnfitDocument("%s is empty or longer than %d".formatted(path, longest));
    }
    return found;
  }

  /** Text as {@link #text}, or empty text where there is no such member. */
  String textOrNone(String path, int longest) {
    return has(path) ? text(path, longest) : "";
  }

  /** A whole number from 0 to 10^12. */
  long counter(String path) {
    long value = whole(path);
    if (value > LARGEST_COUNTER) {
      throw new UnfitDocument("%s is above %d".formatted(path, LARGEST_COUNTER));
    }
    return value;
  }

  /** A whole number of at most 18 digits. */
  long whole(String path) {
    long value = EaText.whole(item(path, Type.NUMBER).raw());
    if (value == EaText.NONE) {
      throw new UnfitDocument(path + " is not a whole number");
    }
    return value;
  }

  /** A number within bounds. */
  double number(String path, double low, double high) {
    double value = Double.parseDouble(item(path, Type.NUMBER).raw());
    if (!(value >= low && value <= high)) {
      throw new UnfitDocument("%s is not in [%s, %s]".formatted(path, low, high));
    }
    return value;
  }

  /** A UTC time. */
  Instant time(String path) {
    return EaText.readTime(text(path, 30))
        .orElseThrow(() -> new UnfitDocument(path + " is no time"));
  }

  /** The exact text of an object. */
  String object(String path) {
    return item(path, Type.OBJECT).raw();
  }

  /** Requires a list there. */
  void requireList(String path) {
    item(path, Type.LIST);
  }
}
