package io.mlassets.inference;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a source of bars had at one position: a bar, if it is any good.
 *
 * @param id the position; the source can go on after it
 * @param json the bar as a document of stream {@code bars}
 * @param cameAt when it came into the source, UTC; null if nobody saw it come
 */
record BarEntry(String id, String json, @Nullable Instant cameAt) {}
