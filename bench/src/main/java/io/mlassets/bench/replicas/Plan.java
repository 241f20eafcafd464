package io.mlassets.bench.replicas;

import io.mlassets.market.Pair;
import io.mlassets.suite.market.MarketSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How much happens to the replicas.
 *
 * @param kills processes killed and processes stopped, by turns of chance
 * @param leaves processes ended in order, besides
 * @param beat time from bar to bar
 * @param lease of a shard
 * @param seed of moments and victims
 */
record Plan(int kills, int leaves, Duration beat, Duration lease, long seed) {
  static final int REPLICAS = 4;
  static final int SHARD = 10;
  static final List<Pair> PAIRS = MarketSimulator.pairs(REPLICAS * SHARD);

  static Plan of(boolean quick) {
    Duration lease = Duration.ofSeconds(2);
    return quick
        ? new Plan(4, 1, Duration.ofSeconds(4), lease, 1)
        : new Plan(200, 20, Duration.ofSeconds(6), lease, 1);
  }

  /** The same with other numbers. */
  Plan with(int otherKills, long otherSeed) {
    return new Plan(otherKills, leaves, beat, lease, otherSeed);
  }

  /** What happens, in order; kills and pauses about as often as each other, each at least once. */
  List<Fault> faults() {
    SplittableRandom random = new SplittableRandom(seed);
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      boolean kill = i < 2 ? i == 0 : random.nextBoolean();
      faults.add(kill ? Fault.KILL : Fault.PAUSE);
    }
    for (int i = 0; i < leaves; i++) {
      faults.add(random.nextInt(faults.size() + 1), Fault.LEAVE);
    }
    return faults;
  }
}
