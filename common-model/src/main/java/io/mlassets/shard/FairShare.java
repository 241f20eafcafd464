package io.mlassets.shard;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Which replica should hold which shard. Everyone who sees the same state comes to the same answer,
 * so nobody has to be asked: each gives up what should be another's, and takes what should be its
 * own once it is free.
 */
public final class FairShare {
  private FairShare() {}

  /**
   * Each shard's replica. No replica has over one shard more than another; whoever holds shards
   * keeps its first ones up to its share, so that a fair state stays as it is and as few shards as
   * possible move.
   *
   * @param shards number of shards, which are numbered from 0
   * @param replicas those alive, at least one
   * @param holders who holds which shard; a holder that is not alive, and a shard without one,
   *     stand for a shard to be given to somebody
   */
  public static SortedMap<Integer, String> of(
      int shards, SortedSet<String> replicas, Map<Integer, String> holders) {
    if (replicas.isEmpty()) {
      throw new IllegalArgumentException("no replica is alive");
    }
    Map<String, Integer> room = room(shards, replicas, holders);
    SortedMap<Integer, String> fair = new TreeMap<>();
    for (int shard = 0; shard < shards; shard++) {
      String holder = holders.get(shard);
      if (holder != null && room.getOrDefault(holder, 0) > 0) {
        fair.put(shard, holder);
        room.merge(holder, -1, Integer::sum);
      }
    }
    for (int shard = 0; shard < shards; shard++) {
      if (!fair.containsKey(shard)) {
        String next =
            replicas.stream()
                .filter(one -> room.getOrDefault(one, 0) > 0)
                .findFirst()
                .orElseThrow();
        fair.put(shard, next);
        room.merge(next, -1, Integer::sum);
      }
    }
    return fair;
  }

  /** Shares by replica; what is left over goes to those that hold most. */
  private static Map<String, Integer> room(
      int shards, SortedSet<String> replicas, Map<Integer, String> holders) {
    Map<String, Integer> held = new HashMap<>();
    holders.values().forEach(holder -> held.merge(holder, 1, Integer::sum));
    List<String> order =
        replicas.stream()
            .sorted(
                Comparator.comparing((String one) -> -held.getOrDefault(one, 0))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    Map<String, Integer> room = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      room.put(order.get(i), shards / order.size() + (i < shards % order.size() ? 1 : 0));
    }
    return room;
  }
}
