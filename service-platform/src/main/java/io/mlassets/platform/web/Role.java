package io.mlassets.platform.web;

import java.util.Locale;

/** Who may do what: an analyst reads, an operator also changes. */
public enum Role {
  OPERATOR,
  ANALYST;

  /** The name written into audit rows. */
  public String actor() {
    return name().toLowerCase(Locale.ROOT);
  }
}
