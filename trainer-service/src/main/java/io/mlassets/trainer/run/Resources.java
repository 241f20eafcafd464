package io.mlassets.trainer.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run used.
 *
 * @param processors processors available
 * @param gpus GPUs used
 * @param cpuSeconds processor time of the process
 * @param peakMemoryMib largest resident size of the process; −1 where the system does not tell
 */
public record Resources(
    @JsonProperty("processors") int processors,
    @JsonProperty("gpus") int gpus,
    @JsonProperty("cpu_seconds") double cpuSeconds,
    @JsonProperty("peak_memory_mib") long peakMemoryMib) {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** What this process has used so far. */
  public static Resources ofThisProcess() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Resources(
        Runtime.getRuntime().availableProcessors(),
        0,
        system.getProcessCpuTime() / 1e9,
        readPeakMemoryMib());
  }

  private static long readPeakMemoryMib() {
    if (!Files.isReadable(STATUS)) {
      return -1;
    }
    try {
      List<String> lines = Files.readAllLines(STATUS);
      return lines.stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }
}
