package io.mlassets.dispatcher.fill;

import io.mlassets.market.Pair;
import io.mlassets.signal.Action;
import java.util.UUID;

/**
 * The signal a fill says it obeyed.
 *
 * @param signalId its id
 * @param pair its pair
 * @param action what it asked for
 */
record BookedSignal(UUID signalId, Pair pair, Action action) {}
