package io.mlassets.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlassets.platform.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndChildrenTest {
  private static final String READY = "ready";

  @TempDir Path folder;

  @Test
  void a_benchmark_that_is_told_to_end_leaves_no_process_behind() throws Exception {
    Path log = folder.resolve("log.txt");
    Process benchmark =
        new ProcessBuilder(
                JavaCommand.of(
                    ServersMain.class.getName(), List.of(), List.of(folder.toString(), READY)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    List<ProcessHandle> all = new ArrayList<>();
    try {
      awaitReady(benchmark, log);
      benchmark.descendants().forEach(all::add);
      ProcessHandle postgres = postgres();
      all.add(postgres);
      postgres.descendants().forEach(all::add);
      assertThat(all).hasSizeGreaterThan(3).allMatch(ProcessHandle::isAlive);

      benchmark.destroy();
      assertThat(benchmark.waitFor(60, TimeUnit.SECONDS)).isTrue();
      // PostgreSQL has removed its pid file, which is waited for, a moment before it is gone.
      for (ProcessHandle one : all) {
        assertThat(one.onExit())
            .as("%s, said: %s", one.info(), Files.readString(log))
            .succeedsWithin(Duration.ofSeconds(5));
      }
    } finally {
      all.forEach(ProcessHandle::destroyForcibly);
      benchmark.destroyForcibly();
    }
  }

  private ProcessHandle postgres() throws IOException {
    String pid = Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst().trim();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private void awaitReady(Process benchmark, Path log) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!Files.exists(folder.resolve(READY))) {
      assertThat(benchmark.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(System.nanoTime()).as("not within 120 s").isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}
