package io.mlassets.trainer.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a training process used (requirement E-05).
 *
 * @param device what it trained on: the processor's name; engines are asked for no GPU
 * @param processors processors available
 * @param threads threads that train
 * @param gpus GPUs used
 * @param seconds since it started
 * @param cpuSeconds processor time over all threads
 * @param peakMemoryMib largest resident size; −1 where the system does not tell
 */
public record Resources(
    @JsonProperty("device") String device,
    @JsonProperty("processors") int processors,
    @JsonProperty("threads") int threads,
    @JsonProperty("gpus") int gpus,
    @JsonProperty("seconds") double seconds,
    @JsonProperty("cpu_seconds") double cpuSeconds,
    @JsonProperty("peak_memory_mib") long peakMemoryMib) {
  private static final int MOST_THREADS = 8;
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** Threads a run trains with on this machine. */
  static int trainingThreads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /** What this process has used so far. */
  public static Resources ofThisProcess() {
    return of(
        ProcessHandle.current(),
        Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
  }

  /** What a process, the children of which do not count, has used so far. */
  static Resources of(ProcessHandle process, Duration running) {
    return new Resources(
        field(PROCESSORS, "model name").orElse(System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        trainingThreads(),
        0,
        running.toMillis() / 1e3,
        process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3,
        field(Path.of("/proc", "" + process.pid(), "status"), "VmHWM")
            .map(size -> Long.parseLong(size.replaceAll("\\D", "")) / 1024)
            .orElse(-1L));
  }

  /** The most of both: a process that is ending no longer tells all it used. */
  Resources most(@Nullable Resources before) {
    return before == null
        ? this
        : new Resources(
            device,
            processors,
            threads,
            gpus,
            Math.max(seconds, before.seconds),
            Math.max(cpuSeconds, before.cpuSeconds),
            Math.max(peakMemoryMib, before.peakMemoryMib));
  }

  /** The text behind the colon; empty where there is no such file. */
  private static Optional<String> field(Path file, String name) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      // The process ended while it was looked at.
      return Optional.empty();
    }
  }
}
