package io.mlassets.dispatcher.control;

import static io.mlassets.dispatcher.RunningDispatcher.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.dispatcher.PagesHeard;
import io.mlassets.dispatcher.RunningDispatcher;
import io.mlassets.platform.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WatchPairStopsTest {
  private static final String KEY = "pair/XAUUSD-XAGUSD";

  @Test
  void a_stopped_pair_pages_until_the_stop_is_lifted_over_a_restart() throws Exception {
    try (PagesHeard pages = new PagesHeard();
        RunningDispatcher dispatcher =
            new RunningDispatcher(TestServers.start(), pages.arguments())) {
      dispatcher
          .owner
          .sql(
              """
              insert into core.pair_stops (pair, stopped, since, actor, reason)
              values ('XAUUSD-XAGUSD', true, now(), 'parity-check', 'one bit'),
                ('US500-USTEC', false, now(), 'operator', 'looked into')
              """)
          .update();
      await("the page", () -> !pages.of(KEY).isEmpty());
      JsonNode page = pages.of(KEY).getFirst().path("payload");
      assertThat(page.path("severity").asString()).isEqualTo("critical");
      assertThat(page.path("summary").asString())
          .contains("entries of XAUUSD-XAGUSD stopped by parity-check: one bit");

      dispatcher.restart(pages.arguments());
      await("the page of what goes on", () -> pages.of(KEY).size() == 2);
      dispatcher.owner.sql("update core.pair_stops set stopped = false").update();
      await("its end", () -> pages.actions(KEY).equals(List.of("trigger", "trigger", "resolve")));
      assertThat(pages.of("pair/US500-USTEC")).isEmpty();
    }
  }
}
