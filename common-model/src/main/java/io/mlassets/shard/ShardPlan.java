package io.mlassets.shard;

import io.mlassets.market.Pair;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The pairs of a model in shards, numbered from 0: neighbours in the model's order stay together,
 * and no shard has over one pair more than another.
 */
public final class ShardPlan {
  /** A shard of more pairs than that would be none. */
  public static final int MOST_PAIRS = 1_000;

  private final List<List<Pair>> shards;
  private final Map<Pair, Integer> shardOf = new HashMap<>();
  private final String id;

  /**
   * Splits pairs into as few shards as there can be.
   *
   * @param pairs all different, at least one
   * @param size the most pairs of a shard, 1 to {@value #MOST_PAIRS}
   * @throws IllegalArgumentException if pairs or size are none of these
   */
  public ShardPlan(List<Pair> pairs, int size) {
    if (size < 1 || size > MOST_PAIRS) {
      throw new IllegalArgumentException(
          "%d pairs a shard are not in [1, %d]".formatted(size, MOST_PAIRS));
    }
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("no pairs to split into shards");
    }
    int count = (pairs.size() + size - 1) / size;
    List<List<Pair>> split = new ArrayList<>();
    for (int shard = 0; shard < count; shard++) {
      split.add(
          List.copyOf(
              pairs.subList(shard * pairs.size() / count, (shard + 1) * pairs.size() / count)));
      for (Pair pair : split.getLast()) {
        if (shardOf.put(pair, shard) != null) {
          throw new IllegalArgumentException("pair " + pair + " is there twice");
        }
      }
    }
    shards = List.copyOf(split);
    id = hash(shards);
  }

  private static String hash(List<List<Pair>> shards) {
    String text =
        shards.stream()
            .map(pairs -> pairs.stream().map(Pair::id).collect(Collectors.joining(" ")))
            .collect(Collectors.joining("\n"));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** SHA-256 of which pairs are together: plans that split alike have the same. */
  public String id() {
    return id;
  }

  /** Number of shards. */
  public int count() {
    return shards.size();
  }

  /** The pairs of a shard, in the model's order. */
  public List<Pair> pairs(int shard) {
    return shards.get(shard);
  }

  /** The shard a pair is in; empty if it is in none. */
  public OptionalInt shardOf(Pair pair) {
    Integer shard = shardOf.get(pair);
    return shard == null ? OptionalInt.empty() : OptionalInt.of(shard);
  }
}
