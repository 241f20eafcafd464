package io.mlassets.policy;

/** A configuration file that cannot be used; the message names file, key and what was expected. */
public final class InvalidPolicyException extends RuntimeException {
  /** Says what is wrong and where. */
  public InvalidPolicyException(String message) {
    super(message);
  }
}
