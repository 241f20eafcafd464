package io.mlassets.channel;

import java.util.HashMap;
import java.util.Map;

/** Takes a document apart by the rules of {@link StrictJson}: each value by its path. */
final class StrictJsonScanner {
  private static final int MOST_VALUES = 512;
  private static final int DEEPEST = 4;
  private static final int LONGEST_NUMBER = 24;

  /** What a value is. */
  enum Type {
    TEXT,
    NUMBER,
    WORD,
    OBJECT,
    LIST
  }

  /** A value: its type and its exact text, without quotes. */
  record Item(Type type, String raw) {}

  private final Map<String, Item> items = new HashMap<>();
  private final String text;
  private int at;
  private int values;

  StrictJsonScanner(String text) {
    this.text = text;
  }

  /** The values of a text that is one object; what is wrong is told with its place. */
  Map<String, Item> scan() {
    if (here() != '{') {
      throw expected("an object");
    }
    value("", 1);
    if (at < text.length()) {
      throw expected("nothing more");
    }
    return Map.copyOf(items);
  }

  private UnfitDocumentException expected(String what) {
    return new UnfitDocumentException("expected %s at character %d".formatted(what, at + 1));
  }

  private char here() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean took(char c) {
    if (here() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void take(char c) {
    if (!took(c)) {
      throw expected("'" + c + "'");
    }
  }

  private void value(String path, int depth) {
    values++;
    if (values > MOST_VALUES) {
      throw expected("at most " + MOST_VALUES + " values");
    }
    int from = at;
    Type type =
        switch (here()) {
          case '"' -> {
            quoted();
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
    int quotes = type == Type.TEXT ? 1 : 0;
    items.put(path, new Item(type, text.substring(from + quotes, at - quotes)));
  }

  private void requireDepth(int depth) {
    if (depth > DEEPEST) {
      throw expected("at most " + DEEPEST + " levels");
    }
  }

  private void object(String path, int depth) {
    requireDepth(depth);
    take('{');
    if (took('}')) {
      return;
    }
    do {
      // Names are plain words, so that a path means one thing.
      String name = quoted();
      if (name.isEmpty() || !name.chars().allMatch(StrictJsonScanner::isOfNames)) {
        throw expected("a name of a-z, 0-9 and _ before this, not '" + name + "'");
      }
      String inner = path.isEmpty() ? name : path + "." + name;
      if (items.containsKey(inner)) {
        throw expected("member '" + name + "' once");
      }
      take(':');
      value(inner, depth + 1);
    } while (took(','));
    take('}');
  }

  private static boolean isOfNames(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  }

  private void list(String path, int depth) {
    requireDepth(depth);
    take('[');
    if (took(']')) {
      return;
    }
    int index = 0;
    do {
      value(path + "[" + index + "]", depth + 1);
      index++;
    } while (took(','));
    take(']');
  }

  private String quoted() {
    take('"');
    int from = at;
    while (here() != '"') {
      if (here() < ' ' || here() > '~' || here() == '\\') {
        throw expected("plain ASCII without escapes");
      }
      at++;
    }
    at++;
    return text.substring(from, at - 1);
  }

  private Type word(String word) {
    if (!text.startsWith(word, at)) {
      throw expected(word);
    }
    at += word.length();
    return Type.WORD;
  }

  private Type number() {
    int from = at;
    took('-');
    int first = at;
    digits();
    if (text.charAt(first) == '0' && at - first > 1) {
      throw expected("a number without leading zeros before this");
    }
    if (took('.')) {
      digits();
    }
    if (at - from > LONGEST_NUMBER) {
      throw expected("a number of at most " + LONGEST_NUMBER + " characters before this");
    }
    return Type.NUMBER;
  }

  private void digits() {
    int from = at;
    while (here() >= '0' && here() <= '9') {
      at++;
    }
    if (at == from) {
      throw expected("a value");
    }
  }
}
