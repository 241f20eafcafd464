package io.mlassets.inference;

import io.mlassets.shard.ShardPlan;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the model's pairs are shared among replicas.
 *
 * @param size the most pairs of a shard, the same in every replica: 1 to {@value
 *     ShardPlan#MOST_PAIRS}
 * @param lease a shard whose replica is not heard of for so long is taken by another; 1 s to 60 s
 * @param replica what this process is called among the replicas; a random part follows. Empty for
 *     the random part alone
 */
@ConfigurationProperties("inference.shards")
record ShardSettings(
    @DefaultValue("10") int size,
    @DefaultValue("3s") Duration lease,
    @DefaultValue("") String replica) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Refuses values out of range with {@link IllegalArgumentException}. */
  ShardSettings {
    if (size < 1 || size > ShardPlan.MOST_PAIRS) {
      throw new IllegalArgumentException(
          "INFERENCE_SHARDS_SIZE: %d is not in [1, %d]".formatted(size, ShardPlan.MOST_PAIRS));
    }
    if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "INFERENCE_SHARDS_LEASE: %s is not in [1 s, 60 s]".formatted(lease));
    }
  }
}
