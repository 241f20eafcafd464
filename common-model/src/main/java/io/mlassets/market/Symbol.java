package io.mlassets.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The broker's name of one instrument, such as {@code XAUUSD}: 3 to 16 capital letters and digits.
 *
 * @param name the name as it stands in bars, orders and fills
 */
public record Symbol(@JsonValue String name) implements Comparable<Symbol> {
  private static final Pattern FORM = Pattern.compile("[A-Z0-9]{3,16}");

  /** Refuses any other form with {@link IllegalArgumentException}. */
  @JsonCreator
  public Symbol {
    if (name == null || !FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "symbol '%s' is not 3 to 16 capital letters or digits".formatted(name));
    }
  }

  /** The form people read: {@code XAU/USD} for six letters, the name itself otherwise. */
  public String display() {
    boolean twoCurrencies = name.length() == 6 && name.chars().allMatch(Character::isLetter);
    return twoCurrencies ? name.substring(0, 3) + "/" + name.substring(3) : name;
  }

  @Override
  public int compareTo(Symbol other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
