package io.mlassets.platform;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The bearer tokens of the two roles ({@code OPERATOR_TOKEN}, {@code ANALYST_TOKEN}); a service
 * refuses to start without them.
 *
 * @param operator may read and change
 * @param analyst may read
 */
@Validated
@ConfigurationProperties
public record TokenSettings(@Valid Secret operator, @Valid Secret analyst) {

  /**
   * One token.
   *
   * @param token at least 16 characters, never logged
   */
  public record Secret(@NotBlank @Size(min = 16) String token) {
    @Override
    public String toString() {
      return "Secret[…]";
    }
  }
}
