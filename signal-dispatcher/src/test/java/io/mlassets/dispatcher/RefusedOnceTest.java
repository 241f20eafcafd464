package io.mlassets.dispatcher;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** Leader and standby read the same answers of Expert Advisors. */
@Tag("S-03")
class RefusedOnceTest {
  private static final List<String> STREAMS = List.of("fills", "acks", "positions");

  @Test
  void a_damaged_answer_two_dispatchers_read_is_quarantined_once_and_another_like_it_again() {
    try (RunningDispatcher dispatcher = new RunningDispatcher();
        ConfigurableApplicationContext standby = dispatcher.another();
        Jedis jedis = dispatcher.servers.jedis()) {
      for (String stream : STREAMS) {
        jedis.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("json", "damaged"));
        jedis.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("json", "damaged"));
      }
      for (String stream : STREAMS) {
        await("both refuse " + stream, () -> refused(dispatcher.context, stream) == 2);
        await("both refuse " + stream, () -> refused(standby, stream) == 2);
      }
      // Each is counted before it is written; one that stops has written it.
      standby.close();
      dispatcher.context.close();
      for (String stream : STREAMS) {
        assertThat(entries(dispatcher, stream)).as(stream).isEqualTo(2);
      }
    }
  }

  private static double refused(ConfigurableApplicationContext dispatcher, String stream) {
    return dispatcher
        .getBean(MeterRegistry.class)
        .counter("quarantined_total", "source", "stream " + stream)
        .count();
  }

  private static long entries(RunningDispatcher dispatcher, String stream) {
    return dispatcher.count(
        "core.quarantine", "payload = 'damaged' and source = 'stream %s'".formatted(stream));
  }
}
