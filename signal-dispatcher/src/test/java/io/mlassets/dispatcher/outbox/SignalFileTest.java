package io.mlassets.dispatcher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.ServiceSettings;
import io.mlassets.signal.Action;
import io.mlassets.signal.SignalMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("S-02")
class SignalFileTest {
  private static final SignalStream LIVE = new SignalStream("all", SignalMode.LIVE);
  private static final Instant BAR = Instant.parse("2026-01-05T00:00:00Z");

  private static SignalFile in(Path var) {
    return new SignalFile(
        new ServiceSettings(
            new ServiceSettings.Config("config", Duration.ofSeconds(1)),
            new ServiceSettings.Var(var.toString()),
            new ServiceSettings.MarketTime(ServiceSettings.Mode.SYSTEM)));
  }

  private static Numbered signal(long seq, String pair, Action action) {
    return new Numbered(
        seq, action + " " + seq, pair, action, BAR, BAR.plusSeconds(120), BAR.plusSeconds(60));
  }

  @Test
  @Timeout(30)
  void holds_are_written_though_signals_never_cease(@TempDir Path var) throws Exception {
    Path held = var.resolve("signals/signal-A-B.json");
    try (SignalFile files = in(var)) {
      files.write(LIVE, List.of(signal(1, "A-B", Action.HOLD)));
      for (long seq = 2; !Files.exists(held); seq++) {
        files.write(LIVE, List.of(signal(seq, "C-D", Action.HOLD)));
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    assertThat(held).hasContent("HOLD 1");
  }

  @Test
  @Timeout(30)
  void an_order_is_not_kept_waiting_by_signals_that_never_cease(@TempDir Path var)
      throws Exception {
    Path ordered = var.resolve("signals/signal-A-B.json");
    try (SignalFile files = in(var)) {
      files.write(LIVE, List.of(signal(1, "A-B", Action.ENTER)));
      for (long seq = 2; !Files.exists(ordered); seq++) {
        files.write(LIVE, List.of(signal(seq, "C-D", Action.HOLD)));
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertThat(ordered).hasContent("ENTER 1");
    }
  }

  @Test
  void the_newest_of_each_pair_stands_when_it_closes(@TempDir Path var) throws Exception {
    List<Numbered> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(signal(i + 1, "P%03d-Q".formatted(i), i % 10 == 0 ? Action.EXIT : Action.HOLD));
    }
    try (SignalFile files = in(var)) {
      files.write(LIVE, many);
      files.write(LIVE, List.of(signal(1_001, "P000-Q", Action.HOLD)));
      files.write(LIVE, List.of(signal(1_002, "P001-Q", Action.ENTER)));
      files.write(LIVE, "beat");
    }
    Path folder = var.resolve("signals");
    assertThat(folder.resolve("heartbeat.json")).hasContent("beat");
    assertThat(folder.resolve("signal.json")).hasContent("ENTER 1002");
    assertThat(folder.resolve("signal-P000-Q.json")).hasContent("HOLD 1001");
    assertThat(folder.resolve("signal-P001-Q.json")).hasContent("ENTER 1002");
    assertThat(folder.resolve("signal-P010-Q.json")).hasContent("EXIT 11");
    assertThat(folder.resolve("signal-P999-Q.json")).hasContent("HOLD 1000");
  }
}
