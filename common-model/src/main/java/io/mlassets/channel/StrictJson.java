package io.mlassets.channel;

import io.mlassets.channel.StrictJsonScanner.Item;
import io.mlassets.channel.StrictJsonScanner.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
  private static final int LONGEST_WHOLE = 18;
  private static final int LONGEST_TIME = 30;
  private static final long LARGEST_COUNTER = 1_000_000_000_000L;
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1," + LONGEST_WHOLE + "}");
  private static final Pattern TIME =
      Pattern.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

  private final Map<String, Item> items;

  private StrictJson(Map<String, Item> items) {
    this.items = items;
  }

  /** Reads a text that is one object; what is wrong is told with its place. */
  public static StrictJson read(String text) {
    return new StrictJson(new StrictJsonScanner(text).scan());
  }

  /** What a function makes of a text; empty when either refuses it. */
  public static <T> Optional<T> tryRead(String text, Function<StrictJson, T> reading) {
    try {
      return Optional.of(reading.apply(read(text)));
    } catch (UnfitDocumentException e) {
      return Optional.empty(); // Whoever asked counts it; the text may be anybody's.
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
