package io.mlassets.bench.faults;

import io.mlassets.bench.NoStops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Policies under which a model enters every deviation of {@link WaveMarket}: what is broken needs
 * orders to be broken, and a careful model makes few.
 */
public final class FaultPolicies {
  /**
   * Environment of an inference that takes each verified model at once and keeps it: models here
   * decide on a market they were not trained on, and it is not they that are on trial.
   */
  public static final Map<String, String> MODELS_AT_THEIR_WORD =
      Map.of("INFERENCE_SWAP_SHADOWBARS", "0", "INFERENCE_SWAP_STEPBACK", "false");

  private FaultPolicies() {}

  /** The project's configuration without stops that losses lead to, and with wide thresholds. */
  public static Path configuration(Path folder) throws IOException {
    NoStops.configuration(folder);
    Path core = folder.resolve("core_policy.yaml");
    String policy = Files.readString(core);
    policy = with(policy, "entry_z", "1.0");
    policy = with(policy, "signal_ttl_bars", "60");
    policy = with(policy, "theta_step", "0.25");
    policy = with(policy, "theta_search_range", "{theta1: [0, 0.85], theta2: [0.2, 1]}");
    Files.writeString(core, policy);
    return folder;
  }

  private static String with(String policies, String key, String value) {
    String changed =
        policies.replaceFirst(
            "(?m)^" + key + ":\\R  value:(\\R(    .*\\R)+|.*\\R)",
            key + ":\n  value: " + value + "\n");
    if (changed.equals(policies)) {
      throw new IllegalStateException("core_policy.yaml has no " + key);
    }
    return changed;
  }
}
