package io.mlassets.channel;

import java.util.HashSet;
import java.util.Set;

/**
 * The form of documents exchanged with Expert Advisors: one JSON object in plain ASCII without
 * white space, escapes or exponents, names of {@code a-z0-9_}, no member twice, bounded in every
 * direction. {@code mt5/Include/MlAssets/Json.mqh} reads by the same rules.
 */
public final class DocumentForm {
  private static final int MOST_VALUES = 512;
  private static final int DEEPEST = 4;
  private static final int LONGEST_NUMBER = 24;

  private final String text;
  private int at;
  private int values;

  private DocumentForm(String text) {
    this.text = text;
  }

  /**
   * Refuses a text of any other form.
   *
   * @throws IllegalArgumentException saying what was expected, and where
   */
  public static void require(String text) {
    DocumentForm form = new DocumentForm(text);
    if (form.here() != '{') {
      throw form.expected("an object");
    }
    form.value(1);
    if (form.at < text.length()) {
      throw form.expected("nothing more");
    }
  }

  private char here() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private IllegalArgumentException expected(String what) {
    return new IllegalArgumentException("expected %s at character %d".formatted(what, at + 1));
  }

  private boolean took(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void take(char c) {
    if (!took(c)) {
      throw expected("'" + c + "'");
    }
  }

  private void value(int depth) {
    values++;
    if (values > MOST_VALUES) {
      throw expected("at most " + MOST_VALUES + " values");
    }
    switch (here()) {
      case '"' -> quoted();
      case '{' -> object(depth);
      case '[' -> list(depth);
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void requireDepth(int depth) {
    if (depth > DEEPEST) {
      throw expected("at most " + DEEPEST + " levels");
    }
  }

  private void object(int depth) {
    requireDepth(depth);
    take('{');
    if (took('}')) {
      return;
    }
    Set<String> names = new HashSet<>();
    do {
      String name = quoted();
      if (!name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_')) {
        throw expected("a name of a-z, 0-9 and _ before this, not '" + name + "'");
      }
      if (!names.add(name)) {
        throw expected("member '" + name + "' once");
      }
      take(':');
      value(depth + 1);
    } while (took(','));
    take('}');
  }

  private void list(int depth) {
    requireDepth(depth);
    take('[');
    if (took(']')) {
      return;
    }
    do {
      value(depth + 1);
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

  private void word(String word) {
    if (!text.startsWith(word, at)) {
      throw expected(word);
    }
    at += word.length();
  }

  private void number() {
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
