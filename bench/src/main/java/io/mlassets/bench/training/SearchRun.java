package io.mlassets.bench.training;

import tools.jackson.databind.JsonNode;

/**
 * One search.
 *
 * @param seconds of the clock
 * @param cpuSeconds of all its threads
 * @param auc of the best trial
 * @param pruned trials given up
 * @param peakMib largest resident set, MiB
 */
record SearchRun(double seconds, double cpuSeconds, double auc, int pruned, double peakMib) {

  /** What its process said. */
  static SearchRun of(JsonNode said) {
    return new SearchRun(
        said.path("seconds").asDouble(),
        said.path("cpu_seconds").asDouble(),
        said.path("best_auc").asDouble(),
        said.path("pruned").asInt(),
        said.path("peak_mib").asDouble());
  }
}
