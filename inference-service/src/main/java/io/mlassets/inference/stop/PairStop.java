package io.mlassets.inference.stop;

import io.mlassets.market.Pair;
import java.time.Instant;

/**
 * A stop of one pair's entries that is in force; exits go on.
 *
 * @param pair the pair
 * @param since when it was stopped, UTC
 * @param actor who stopped it
 * @param reason why
 */
public record PairStop(Pair pair, Instant since, String actor, String reason) {}
