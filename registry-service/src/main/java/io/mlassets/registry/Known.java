package io.mlassets.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filter values that can occur at all: a misspelt one must not look like "nothing found". */
public final class Known {
  private Known() {}

  /** The value, if it is one of those; no filter stays no filter. */
  public static @Nullable String oneOf(
      String parameter, @Nullable String value, List<String> allowed) {
    if (value != null && !allowed.contains(value)) {
      throw new IllegalArgumentException(
          "%s '%s' is none of %s".formatted(parameter, value, String.join(", ", allowed)));
    }
    return value;
  }

  /** {@code live} or {@code shadow}. */
  public static @Nullable String mode(@Nullable String value) {
    return oneOf("mode", value, List.of("live", "shadow"));
  }
}
