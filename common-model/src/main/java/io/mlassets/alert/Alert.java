package io.mlassets.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something a person should know.
 *
 * @param key what it is about; alerts of one key are one incident
 * @param severity how bad
 * @param summary one line
 * @param details figures by name
 */
public record Alert(String key, Severity severity, String summary, Map<String, String> details) {

  /** PagerDuty's words. */
  public enum Severity {
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    /** The lower-case form. */
    @JsonValue
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies; refuses a key PagerDuty would not take with {@link IllegalArgumentException}. */
  public Alert {
    if (key.isBlank() || key.length() > 255) {
      throw new IllegalArgumentException("alert key '%s' is blank or too long".formatted(key));
    }
    details = new TreeMap<>(details);
  }
}
