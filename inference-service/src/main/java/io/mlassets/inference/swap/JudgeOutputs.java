package io.mlassets.inference.swap;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.drift.MostlyOutside;
import io.mlassets.drift.OutsideEvidence;
import io.mlassets.inference.swap.StepBack.Found;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelType;
import io.mlassets.model.ModelVersion;
import io.mlassets.model.OutputRange;
import io.mlassets.model.OutputRanges;
import io.mlassets.platform.MarketClock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Judges a model's outputs by the ranges in its bundle, from the record, and steps back from one
 * whose live outputs left them. For one thread.
 */
@Component
public class JudgeOutputs {
  private static final Logger log = LoggerFactory.getLogger(JudgeOutputs.class);

  /** Blocks looked back at after a start; evidence takes about four. */
  private static final int LOOK_BACK = 16;

  /** What is known of the model that decides. */
  private static final class Judged {
    private final ModelVersion version;
    private final Map<ModelType, OutsideEvidence> evidence = new EnumMap<>(ModelType.class);
    private long next = Long.MIN_VALUE;
    private boolean told;

    Judged(ModelVersion version) {
      this.version = version;
    }
  }

  private final FindOutputs outputs;
  private final StepBacks stepBacks;
  private final SwapSettings settings;
  private final MarketClock marketClock;
  private final MeterRegistry meters;
  private @Nullable Judged judged;

  JudgeOutputs(
      FindOutputs outputs,
      StepBacks stepBacks,
      SwapSettings settings,
      MarketClock marketClock,
      MeterRegistry meters) {
    this.outputs = outputs;
    this.stepBacks = stepBacks;
    this.settings = settings;
    this.marketClock = marketClock;
    this.meters = meters;
  }

  /** Judges the blocks that are over since the last look, of the model that decides live. */
  public void judge(ModelBundle inForce) {
    OutputRanges ranges = inForce.manifest().outputRanges();
    if (ranges == null || stepBacks.isOpen(inForce.manifest().scope(), inForce.version())) {
      sayWithout(inForce, ranges);
      return;
    }
    Judged state = judged;
    if (state == null || !state.version.equals(inForce.version())) {
      state = new Judged(inForce.version());
      judged = state;
    }
    long last = lastWhole(inForce, ranges);
    long first = Math.max(state.next, last - LOOK_BACK + 1);
    if (first <= last) {
      judge(state, inForce, ranges, first, last);
      state.next = last + 1;
    }
  }

  /** Once of each model: it comes to judge nothing of it. */
  private void sayWithout(ModelBundle inForce, @Nullable OutputRanges ranges) {
    if (ranges != null) {
      judged = null;
    } else if (judged == null || !judged.version.equals(inForce.version())) {
      judged = new Judged(inForce.version());
      log.warn(
          "bundle {} does not say where its outputs lay in validation: it is not stepped back from"
              + " by itself",
          inForce.version());
    }
  }

  /** A bar after its end: what was decided on its last bar is on record by then. */
  private long lastWhole(ModelBundle inForce, OutputRanges ranges) {
    Instant now = marketClock.now().minus(inForce.manifest().interval().length());
    return OutputRanges.blockOf(now, ranges.blockBars(), inForce.manifest().interval()) - 1;
  }

  private void judge(
      Judged state, ModelBundle inForce, OutputRanges ranges, long first, long last) {
    String scope = inForce.manifest().scope();
    Instant since = stepBacks.lastLift(scope, inForce.version()).orElse(Instant.EPOCH);
    for (BlockShares block :
        outputs.live(inForce.manifest(), inForce.version(), ranges, first, last, since)) {
      for (ModelType type : ModelType.values()) {
        OutsideEvidence evidence =
            state
                .evidence
                .computeIfAbsent(type, t -> OutsideEvidence.none(tolerated(ranges.of(t))))
                .after(block.of(type));
        state.evidence.put(type, evidence);
        if (evidence.isOver()) {
          isOut(state, inForce, type, ranges.of(type), block, evidence);
        }
      }
    }
  }

  private void isOut(
      Judged state,
      ModelBundle inForce,
      ModelType type,
      OutputRange range,
      BlockShares block,
      OutsideEvidence evidence) {
    String reason =
        "outputs of %s left the range seen in validation, %s to %s: evidence %.0f, limit %.0f, share outside tolerated %.4f, of the last block %.4f"
            .formatted(
                type,
                range.low(),
                range.high(),
                evidence.value(),
                OutsideEvidence.LIMIT,
                evidence.tolerated(),
                block.of(type));
    if (settings.stepBack()) {
      Map<String, Object> figures = figures(type, range, evidence.tolerated());
      figures.put("evidence", evidence.value());
      figures.put("block", block.block());
      figures.put("block_share_outside", block.of(type));
      stepBacks.stepBack(
          inForce.manifest().scope(), inForce.version(), Found.LIVE, reason, figures);
    } else if (!state.told) {
      state.told = true;
      meters.counter("outputs_outside_total").increment();
      log.error("model {}: {}; steps back are switched off", inForce.version(), reason);
    }
  }

  /**
   * Why a trial is no success by the range of its outputs, if it is none.
   *
   * @param trial its number
   */
  public Optional<Outside> outside(long trial, ModelBundle next) {
    OutputRanges ranges = next.manifest().outputRanges();
    if (ranges == null || !settings.stepBack()) {
      return Optional.empty();
    }
    List<BlockShares> blocks = outputs.trial(trial, next.manifest(), ranges);
    for (ModelType type : ModelType.values()) {
      double[] shares = blocks.stream().mapToDouble(block -> block.of(type)).toArray();
      OutputRange range = ranges.of(type);
      if (MostlyOutside.is(shares, tolerated(range))) {
        Map<String, Object> figures = figures(type, range, tolerated(range));
        figures.put("block_shares_outside", shares);
        return Optional.of(
            new Outside(
                "most outputs of %s on trial were outside of the range seen in validation, %s to %s"
                    .formatted(type, range.low(), range.high()),
                figures));
      }
    }
    return Optional.empty();
  }

  /**
   * What speaks against a trial.
   *
   * @param reason in words
   * @param figures what was measured
   */
  public record Outside(String reason, Map<String, Object> figures) {}

  private static double tolerated(OutputRange range) {
    return OutsideEvidence.toleratedOf(range.expected());
  }

  private static Map<String, Object> figures(ModelType type, OutputRange range, double tolerated) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("model", type.name());
    figures.put("low", range.low());
    figures.put("high", range.high());
    figures.put("blocks_validated", range.blocks());
    figures.put("share_tolerated", tolerated);
    return figures;
  }
}
