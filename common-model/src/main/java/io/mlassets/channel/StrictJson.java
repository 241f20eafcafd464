package io.mlassets.channel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of the documents exchanged with Expert Advisors: one object, plain ASCII, no
 * white space between tokens, no escapes, no exponents, names of {@code a-z0-9_}, no member twice,
 * bounded in every direction. What it does not know how to read it refuses; it never guesses.
 * Values are named by paths such as {@code legs[0].side}. {@code mt5/Include/MlAssets/Json.mqh}
 * reads by the same rules. All methods throw {@link UnfitDocumentException} where a document is not
 * what is asked for.
 */
public final class StrictJson {
  private static final int MOST_VALUES = 512;
  private static final int DEEPEST = 4;
  private static final int LONGEST_NUMBER = 24;
  private static final int LONGEST_WHOLE = 18;
  private static final int LONGEST_TIME = 30;
  private static final long LARGEST_COUNTER = 1_000_000_000_000L;
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1," + LONGEST_WHOLE + "}");
  private static final Pattern TIME =
      Pattern.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

  private enum Type {
    TEXT,
    NUMBER,
    WORD,
    OBJECT,
    LIST
  }

  /** A value: its type and its exact text, without quotes. */
  private record Item(Type type, String raw) {}

  private final Map<String, Item> items = new HashMap<>();
  private final String text;
  private int at;
  private int values;

  private StrictJson(String text) {
    this.text = text;
  }

  /** Reads a text that is one object; what is wrong is told with its place. */
  public static StrictJson read(String text) {
    StrictJson json = new StrictJson(text);
    if (json.here() != '{') {
      throw json.expected("an object");
    }
    json.value("", 1);
    if (json.at < text.length()) {
      throw json.expected("nothing more");
    }
    return json;
  }

  /** What a function makes of a text; empty when either refuses it. */
  public static <T> Optional<T> tryRead(String text, Function<StrictJson, T> reading) {
    try {
      return Optional.of(reading.apply(read(text)));
    } catch (UnfitDocumentException e) {
      return Optional.empty(); // Whoever asked counts it; the text may be anybody's.
    }
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
      if (name.isEmpty() || !name.chars().allMatch(StrictJson::isOfNames)) {
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

  /** Whether there is such a member, be it null. */
  public boolean has(String path) {
    return items.containsKey(path);
  }

  /** Whether a member, which must be there, is null. */
  public boolean isNull(String path) {
    Item item = item(path);
    return item.type() == Type.WORD && item.raw().equals("null");
  }

  private Item item(String path) {
    Item item = items.get(path);
    if (item == null) {
      throw new UnfitDocumentException(path + " is missing");
    }
    return item;
  }

  private String raw(String path, Type type, String what) {
    Item item = item(path);
    if (item.type() != type) {
      throw wrong(path, what);
    }
    return item.raw();
  }

  /** What to throw for a member that is not what is asked for. */
  public UnfitDocumentException wrong(String path, String expected) {
    return new UnfitDocumentException(
        "%s %s is not %s".formatted(path, item(path).raw(), expected));
  }

  /** Text, which may be empty. */
  public String text(String path) {
    return raw(path, Type.TEXT, "a text");
  }

  /** Text of at least one and at most so many characters. */
  public String text(String path, int longest) {
    String found = text(path);
    if (found.isEmpty() || found.length() > longest) {
      throw new UnfitDocumentException("%s is empty or longer than %d".formatted(path, longest));
    }
    return found;
  }

  /** Text as {@link #text(String, int)}, or empty text where there is no such member. */
  public String textOrNone(String path, int longest) {
    return has(path) ? text(path, longest) : "";
  }

  /** A whole number from 0 to 10^12. */
  public long counter(String path) {
    long value = whole(path);
    if (value > LARGEST_COUNTER) {
      throw new UnfitDocumentException("%s is above %d".formatted(path, LARGEST_COUNTER));
    }
    return value;
  }

  /** A whole number of at most 18 digits, not negative. */
  public long whole(String path) {
    String what = "a whole number of at most " + LONGEST_WHOLE + " digits";
    String raw = raw(path, Type.NUMBER, what);
    if (!WHOLE.matcher(raw).matches()) {
      throw wrong(path, what);
    }
    return Long.parseLong(raw);
  }

  /** A number. */
  public double number(String path) {
    return Double.parseDouble(raw(path, Type.NUMBER, "a number"));
  }

  /** A number within bounds. */
  public double number(String path, double low, double high) {
    double value = number(path);
    if (!(value >= low && value <= high)) {
      throw new UnfitDocumentException("%s is not in [%s, %s]".formatted(path, low, high));
    }
    return value;
  }

  /** A UTC time from 2000 to 2099, to the millisecond. */
  public Instant time(String path) {
    String found = text(path);
    if (found.length() > LONGEST_TIME || !TIME.matcher(found).matches()) {
      throw wrong(path, "a UTC time of this century");
    }
    try {
      return Instant.parse(found).truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw new UnfitDocumentException(
          "%s '%s' is no time: %s".formatted(path, found, e.getMessage()));
    }
  }

  /** A time as {@link #time}, or null where it is null. */
  public @Nullable Instant timeOrNull(String path) {
    return isNull(path) ? null : time(path);
  }

  /** The exact text of an object. */
  public String object(String path) {
    return raw(path, Type.OBJECT, "an object");
  }

  /** Requires a list there. */
  public void requireList(String path) {
    raw(path, Type.LIST, "a list");
  }

  /** How many values a list has, each of which must be an object. */
  public int objects(String path) {
    requireList(path);
    int size = 0;
    while (has(path + "[" + size + "]")) {
      object(path + "[" + size + "]");
      size++;
    }
    return size;
  }
}
