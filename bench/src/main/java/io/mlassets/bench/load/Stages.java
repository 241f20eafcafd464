package io.mlassets.bench.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of signals went, between two looks at the services' own metrics.
 *
 * @param all each stage, in the order a signal passes them
 * @param allocatedBytes by the decision thread for one decision, mean
 */
record Stages(List<Stage> all, double allocatedBytes) {
  private static final List<String> INFERENCE =
      List.of("bar_in", "features", "predict", "decide", "commit", "show");
  private static final List<String> DISPATCHER = List.of("look", "number", "publish", "mark");

  /**
   * One stage.
   *
   * @param times how often it was passed
   * @param meanMillis what it took, mean
   */
  record Stage(String name, double times, double meanMillis) {}

  /** Between two looks at processes, of all processes together. */
  static Stages between(Look before, Look after) {
    List<Stage> stages = new ArrayList<>();
    INFERENCE.forEach(stage -> stages.add(stage("inference", stage, before, after)));
    DISPATCHER.forEach(stage -> stages.add(stage("dispatch", stage, before, after)));
    double reads = difference("inference_allocation_bytes_count", "", before, after);
    double bytes = difference("inference_allocation_bytes_sum", "", before, after);
    return new Stages(stages, reads > 0 ? bytes / reads : 0);
  }

  private static Stage stage(String service, String stage, Look before, Look after) {
    String label = "stage=\"" + stage + "\"";
    String name = service + "_stage_seconds";
    double times = difference(name + "_count", label, before, after);
    double seconds = difference(name + "_sum", label, before, after);
    return new Stage(service + " " + stage, times, times > 0 ? 1e3 * seconds / times : 0);
  }

  private static double difference(String name, String label, Look before, Look after) {
    return after.sum(name, label) - before.sum(name, label);
  }

  /** The metrics of several processes at one moment. */
  record Look(List<String> texts) {
    double sum(String name, String label) {
      return texts.stream().mapToDouble(text -> Meters.sum(text, name, label)).sum();
    }
  }

  SequencedMap<String, @Nullable Object> fields() {
    SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();
    all.forEach(stage -> fields.put(stage.name().replace(' ', '_') + "_ms", stage.meanMillis()));
    return fields;
  }
}
