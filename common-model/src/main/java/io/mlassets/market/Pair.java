package io.mlassets.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Two different instruments traded against each other: long the spread is long {@code a} and short
 * {@code b}.
 *
 * @param a first leg, the dependent side of the hedge regression
 * @param b second leg, the regressor
 */
public record Pair(Symbol a, Symbol b) implements Comparable<Pair> {

  /** Refuses a pair of one symbol with {@link IllegalArgumentException}. */
  public Pair {
    if (a.equals(b)) {
      throw new IllegalArgumentException("a pair needs two different symbols, got " + a + " twice");
    }
  }

  /**
   * Reads {@code A-B} (ids, REST paths), {@code A/B} (command line) or the form of the signal JSON,
   * which an Expert Advisor may send back in its fills.
   */
  @JsonCreator
  public static Pair parse(String text) {
    String[] displayed = text.trim().split(" vs ", -1);
    if (displayed.length == 2) {
      return new Pair(
          new Symbol(displayed[0].replace("/", "")), new Symbol(displayed[1].replace("/", "")));
    }
    String[] legs = text.trim().split("[-/]", -1);
    if (legs.length != 2) {
      throw new IllegalArgumentException("pair '%s' is not of the form A-B or A/B".formatted(text));
    }
    return new Pair(new Symbol(legs[0].trim()), new Symbol(legs[1].trim()));
  }

  /** The id used in tables, paths and messages: {@code XAUUSD-XAGUSD}. */
  @JsonValue
  public String id() {
    return a.name() + "-" + b.name();
  }

  /** The form of the signal JSON: {@code XAU/USD vs XAG/USD}. */
  public String display() {
    return a.display() + " vs " + b.display();
  }

  /** Both legs, {@code a} first. */
  public List<Symbol> legs() {
    return List.of(a, b);
  }

  @Override
  public int compareTo(Pair other) {
    return id().compareTo(other.id());
  }

  @Override
  public String toString() {
    return id();
  }
}
