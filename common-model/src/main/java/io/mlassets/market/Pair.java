package io.mlassets.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two different instruments traded against each other: long the spread is long {@code a} and short
 * {@code b}.
 */
public final class Pair implements Comparable<Pair> {
  private static final String DISPLAYED = " vs ";
  private final Symbol a;
  private final Symbol b;

  /** Made once: pairs are looked up, sorted and written by it all the time. */
  private final String id;

  /**
   * A pair.
   *
   * @param a first leg, the dependent side of the hedge regression
   * @param b second leg, the regressor
   * @throws IllegalArgumentException if both are the same
   */
  public Pair(Symbol a, Symbol b) {
    if (a.equals(b)) {
      throw new IllegalArgumentException("a pair needs two different symbols, got " + a + " twice");
    }
    this.a = a;
    this.b = b;
    this.id = a.name() + "-" + b.name();
  }

  /**
   * Reads {@code A-B} (ids, REST paths), {@code A/B} (command line) or the form of the signal JSON,
   * which an Expert Advisor may send back in its fills.
   */
  @JsonCreator
  public static Pair parse(String text) {
    String trimmed = text.trim();
    int between = trimmed.indexOf(DISPLAYED);
    if (between >= 0 && between == trimmed.lastIndexOf(DISPLAYED)) {
      return new Pair(
          new Symbol(trimmed.substring(0, between).replace("/", "")),
          new Symbol(trimmed.substring(between + DISPLAYED.length()).replace("/", "")));
    }
    int sign = separator(trimmed, 0);
    if (sign < 0 || separator(trimmed, sign + 1) >= 0) {
      throw new IllegalArgumentException("pair '%s' is not of the form A-B or A/B".formatted(text));
    }
    return new Pair(
        new Symbol(trimmed.substring(0, sign).trim()),
        new Symbol(trimmed.substring(sign + 1).trim()));
  }

  private static int separator(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '-' || text.charAt(i) == '/') {
        return i;
      }
    }
    return -1;
  }

  /** First leg. */
  public Symbol a() {
    return a;
  }

  /** Second leg. */
  public Symbol b() {
    return b;
  }

  /** The id used in tables, paths and messages: {@code XAUUSD-XAGUSD}. */
  @JsonValue
  public String id() {
    return id;
  }

  /** The form of the signal JSON: {@code XAU/USD vs XAG/USD}. */
  public String display() {
    return a.display() + DISPLAYED + b.display();
  }

  /** Both legs, {@code a} first. */
  public List<Symbol> legs() {
    return List.of(a, b);
  }

  @Override
  public int compareTo(Pair other) {
    return id.compareTo(other.id);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Pair pair && id.equals(pair.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }
}
