package io.mlassets.inference.swap;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How models are swapped.
 *
 * @param shadowBars bars of each pair a new model is tried on beside the one in force; 0: it
 *     decides at once
 * @param stepBack whether a model whose outputs left the range seen in validation is stepped back
 *     from by itself; if not, it is only told
 */
@ConfigurationProperties("inference.swap")
public record SwapSettings(
    @DefaultValue("30") int shadowBars, @DefaultValue("true") boolean stepBack) {
  private static final int MOST_BARS = 100_000;

  /** Refuses bars out of range with {@link IllegalArgumentException}. */
  public SwapSettings {
    if (shadowBars < 0 || shadowBars > MOST_BARS) {
      throw new IllegalArgumentException(
          "INFERENCE_SWAP_SHADOWBARS: %d is not in [0, %d]".formatted(shadowBars, MOST_BARS));
    }
  }
}
