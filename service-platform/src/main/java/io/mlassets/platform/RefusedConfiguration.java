package io.mlassets.platform;

import io.mlassets.policy.InvalidPolicyException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Says in one sentence why a service refuses its configuration (policies, instruments, tokens,
 * URLs) when our own code says so, where Spring would print its way to the bean that failed.
 */
final class RefusedConfiguration implements FailureAnalyzer {
  private static final String OURS = "io.mlassets.";

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isRefusal(cause)) {
        return new FailureAnalysis(
            cause.getMessage(), "Correct what is named and start the service again.", failure);
      }
    }
    return null;
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof InvalidPolicyException
        || ((cause instanceof IllegalArgumentException || cause instanceof IllegalStateException)
            && cause.getStackTrace().length > 0
            && cause.getStackTrace()[0].getClassName().startsWith(OURS));
  }
}
