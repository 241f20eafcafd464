package io.mlassets.bench.dispatch;

import io.mlassets.bench.Report;
import io.mlassets.channel.Channels;
import io.mlassets.platform.RedisSettings;
import java.io.IOException;
import java.util.List;
import redis.clients.jedis.Jedis;

/**
 * What the durable log costs anybody: each message appended to a stream as long as the dispatcher's
 * and published, pipelined, without a script; nobody looks at epochs, gaps or repetitions. A
 * subscriber listens.
 */
final class PipelinedLog {
  private static final String CHANNEL = "bench.peer.logged";
  private static final String LOG = "bench.peer.log";
  private static final int RUNS = 3;
  private static final int PIPELINE = 200;
  private final RedisSettings redis;
  private final String payload;
  private final int messages;
  private final long kept;

  /**
   * What is logged and published, and how often.
   *
   * @param payload each message
   * @param kept entries the log keeps, about
   */
  PipelinedLog(RedisSettings redis, String payload, int messages, long kept) {
    this.redis = redis;
    this.payload = payload;
    this.messages = messages;
    this.kept = kept;
  }

  /** Messages a second, median of some runs; the log is gone afterwards. */
  double perSecond() throws IOException, InterruptedException {
    List<List<String>> commands =
        List.of(
            List.of(
                "XADD", LOG, "MAXLEN", "~", Long.toString(kept), "*", Channels.PAYLOAD, payload),
            List.of("PUBLISH", CHANNEL, payload));
    double[] rates = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      try (Subscriber heard = new Subscriber(redis, CHANNEL)) {
        rates[run] = new PipelinedCommands(redis, PIPELINE).perSecond(messages, commands);
        heard.awaited(messages - 1, 30);
      }
    }
    try (Jedis jedis = redis.connect(10_000)) {
      jedis.unlink(LOG);
    }
    return Report.median(rates);
  }
}
