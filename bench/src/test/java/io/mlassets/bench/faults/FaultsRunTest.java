package io.mlassets.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import io.mlassets.bench.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each way of breaking things, a few times; the benchmark does it a thousand times. */
@Tag("S-01")
@Tag("S-03")
class FaultsRunTest {

  @Test
  @Timeout(900)
  void whatever_is_killed_wiped_paused_halted_or_lied_about_each_signal_keeps_one_outcome(
      @TempDir Path folder) throws Exception {
    BrokenProcesses result = FaultsRun.run(new Plan(7, 1_000, 2, 1, 1, 600, 1, 12, 1), folder);

    assertThat(result.findings().broken()).isEmpty();
    assertThat(result.findings().orders()).isGreaterThan(50);
    assertThat(result.kills()).containsOnlyKeys(Victim.values());
    assertThat(result.takeovers()).isEqualTo(1);
    assertThat(result.haltsLost()).isZero();
    assertThat(result.haltSeconds()).singleElement().asInstanceOf(DOUBLE).isLessThanOrEqualTo(1);
    assertThat(result.damaged())
        .containsExactly(
            new Damaged("fills", 360, 360, 0, 19, 0),
            new Damaged("result files", 60, 60, 0, 4, 0),
            new Damaged("signals", 180, 180, 0, 0, 0));
  }

  @Test
  @Timeout(600)
  void whatever_the_network_does_no_entry_is_dealt_past_its_expiry_and_gaps_close(
      @TempDir Path folder) throws Exception {
    SpoiledNetwork result = NetworkRun.run(1, folder);

    assertThat(result.findings().broken()).isEmpty();
    assertThat(result.closedSeconds())
        .containsOnlyKeys(
            Proxy.Fault.CUT, Proxy.Fault.HALF_OPEN, Proxy.Fault.DELAY, Proxy.Fault.TORN);
    assertThat(result.findings().orders()).isPositive();
  }

  private static SpoiledNetwork network(double seconds, long bad) {
    return new SpoiledNetwork(Map.of(Proxy.Fault.CUT, List.of(0.0, seconds)), findings(bad));
  }

  private static Findings findings(long bad) {
    return new Findings(5_000, 800, 900, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad);
  }

  private static BrokenProcesses processes(double seconds, long takeovers, long bad) {
    return new BrokenProcesses(
        Map.of(Victim.REDIS, 2),
        List.of(0.1, 5 * seconds),
        3,
        takeovers,
        List.of(seconds, 0.0),
        bad,
        List.of(),
        List.of(new Damaged("fills", 60, 60 - bad, bad, 9, bad)),
        findings(bad));
  }

  @Test
  void the_report_names_each_thing_that_should_not_be() {
    Report good = FaultsBench.report(List.of(processes(0.9, 3, 0), network(2, 0)));
    assertThat(good.broken()).isEmpty();
    assertThat(good.fields())
        .containsEntry("signals", 10_000L)
        .containsEntry("kills", 2L)
        .containsEntry("processes", findings(0).fields())
        .containsEntry("gap_close_max_ms", 2_000.0)
        .containsEntry("rebuild_max_ms", 4_500.0)
        .containsEntry("halt_p99_ms", 900.0)
        .containsEntry("after_halt", 0L);

    Report bad = FaultsBench.report(List.of(processes(1.1, 2, 7), network(2.1, 1)));
    assertThat(bad.fields())
        .containsEntry("without_outcome", 8L)
        .containsEntry("duplicate_orders", 8L)
        .containsEntry("inversions", 8L)
        .containsEntry("stale_executed", 8L)
        .containsEntry("stale_epoch_accepted", 8L)
        .containsEntry("after_halt", 1L);
    assertThat(bad.broken())
        .hasSize(28)
        .anyMatch(line -> line.equals("processes: 7 orders were dealt twice"))
        .anyMatch(line -> line.contains("5.50 s"))
        .anyMatch(line -> line.contains("1.10 s after a halt"))
        .anyMatch(line -> line.contains("2 of 3 pauses"))
        .anyMatch(line -> line.equals("network: 1 signals have no outcome"))
        .anyMatch(line -> line.contains("2.10 s after CUT"));
  }
}
