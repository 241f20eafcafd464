package io.mlassets.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.bench.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network, once each way; kills, wipes, pauses and halts are the benchmark's alone. */
@Tag("S-01")
@Tag("S-03")
class FaultsRunTest {

  @Test
  @Timeout(600)
  void whatever_the_network_does_no_entry_is_dealt_past_its_expiry_and_gaps_close(
      @TempDir Path folder) throws Exception {
    NetworkRun.Result result = NetworkRun.run(1, folder);

    assertThat(result.findings().broken()).isEmpty();
    assertThat(result.closedSeconds())
        .containsOnlyKeys(
            Proxy.Fault.CUT, Proxy.Fault.HALF_OPEN, Proxy.Fault.DELAY, Proxy.Fault.TORN);
    assertThat(result.findings().orders()).isPositive();
  }

  private static NetworkRun.Result network(double seconds, long bad) {
    return new NetworkRun.Result(Map.of(Proxy.Fault.CUT, List.of(0.0, seconds)), findings(bad));
  }

  private static Findings findings(long bad) {
    return new Findings(5_000, 800, 900, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad);
  }

  private static FaultsRun.Result result(double seconds, long takeovers, long bad) {
    return new FaultsRun.Result(
        Map.of(Victim.REDIS, 2),
        List.of(0.1, 5 * seconds),
        takeovers,
        List.of(seconds, 0.0),
        bad,
        List.of(),
        List.of(new Damaged("fills", 60, 60 - bad, bad, 9, bad)),
        findings(bad));
  }

  @Test
  void the_report_names_each_thing_that_should_not_be() {
    Plan plan = new Plan(2, 1_000, 2, 3, 2, 60, 2, 12);

    Report good = FaultsBench.report(plan, result(0.9, 3, 0), network(2, 0));
    assertThat(good.broken()).isEmpty();
    assertThat(good.fields())
        .containsEntry("processes", findings(0).fields())
        .containsEntry("gap_worst_s", 2.0)
        .containsEntry("rebuild_worst_s", 4.5)
        .containsEntry("halt_worst_s", 0.9);

    assertThat(FaultsBench.report(plan, result(1.1, 2, 7), network(2.1, 1)).broken())
        .hasSize(28)
        .anyMatch(line -> line.contains("7 orders were dealt twice"))
        .anyMatch(line -> line.contains("5.50 s"))
        .anyMatch(line -> line.contains("1.10 s after a halt"))
        .anyMatch(line -> line.contains("2 of 3 pauses"))
        .anyMatch(line -> line.startsWith("network: 1 signals have no outcome"))
        .anyMatch(line -> line.contains("2.10 s after CUT"));
  }
}
