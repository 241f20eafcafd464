package io.mlassets.suite.bars;

import io.mlassets.channel.BarMessage;
import io.mlassets.channel.Channels;
import io.mlassets.market.Bar;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import tools.jackson.databind.json.JsonMapper;

/** Stream {@code bars}, over one connection of its own. */
public final class BarStream implements AutoCloseable {
  /** Old entries may go: {@code core.bars} has every bar. */
  private static final long KEPT = 100_000;

  private final Jedis jedis;
  private final Channels channels;
  private final JsonMapper json = JsonMapper.builder().build();

  /** Writes over {@code jedis} and closes it. */
  public BarStream(Jedis jedis, Channels channels) {
    this.jedis = jedis;
    this.channels = channels;
  }

  /** Adds all bars of a step in one go. */
  public void add(MarketStep step) {
    try (Pipeline pipeline = jedis.pipelined()) {
      for (Bar bar : step.bars()) {
        pipeline.xadd(
            channels.bars(),
            XAddParams.xAddParams().id(StreamEntryID.NEW_ENTRY).maxLen(KEPT).approximateTrimming(),
            Map.of(Channels.PAYLOAD, json.writeValueAsString(BarMessage.of(bar))));
      }
      pipeline.sync();
    }
  }

  @Override
  public void close() {
    jedis.close();
  }
}
