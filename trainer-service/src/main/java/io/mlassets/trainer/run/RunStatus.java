package io.mlassets.trainer.run;

import io.mlassets.policy.RetrainPolicy;
import java.util.Locale;

/** State of a run. */
public enum RunStatus {
  RUNNING,
  SUCCESS,
  FAILED,
  /** Failed, and will be tried again after the policy's delay. */
  RETRYING,
  ABORTED;

  /** The word in tables and answers. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more will happen. */
  public boolean isFinal() {
    return this == SUCCESS || this == FAILED || this == ABORTED;
  }

  /**
   * What a failed attempt leads to.
   *
   * @param retries how often it was tried again already
   */
  static RunStatus ofFailed(Trigger trigger, int retries, RetrainPolicy policy) {
    return trigger.isUnattended() && retries < policy.retryMax() ? RETRYING : FAILED;
  }

  static RunStatus parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
