package io.mlassets.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bearer tokens of the two roles ({@code OPERATOR_TOKEN}, {@code ANALYST_TOKEN}); a service
 * refuses to start without them. Checked here and not by constraints: Spring Boot's report of a
 * broken constraint prints the value.
 *
 * @param operator may read and change
 * @param analyst may read
 */
@ConfigurationProperties
public record TokenSettings(@DefaultValue Secret operator, @DefaultValue Secret analyst) {
  private static final int LEAST_CHARACTERS = 16;

  /**
   * Refuses what protects nothing; the message never holds a token.
   *
   * @throws IllegalStateException naming the variable and what was expected
   */
  public void check() {
    check("OPERATOR_TOKEN", operator.token());
    check("ANALYST_TOKEN", analyst.token());
    if (MessageDigest.isEqual(
        operator.token().getBytes(StandardCharsets.UTF_8),
        analyst.token().getBytes(StandardCharsets.UTF_8))) {
      throw new IllegalStateException(
          "OPERATOR_TOKEN and ANALYST_TOKEN are the same: an analyst could change things");
    }
  }

  private static void check(String variable, String token) {
    if (token.isBlank() || token.length() < LEAST_CHARACTERS) {
      throw new IllegalStateException(
          "%s is not set or has fewer than %d characters".formatted(variable, LEAST_CHARACTERS));
    }
    if (!token.equals(token.strip())) {
      throw new IllegalStateException(variable + " begins or ends with white space");
    }
  }

  /**
   * One token.
   *
   * @param token at least 16 characters, never logged
   */
  public record Secret(@DefaultValue("") String token) {
    @Override
    public String toString() {
      return "Secret[…]";
    }
  }
}
