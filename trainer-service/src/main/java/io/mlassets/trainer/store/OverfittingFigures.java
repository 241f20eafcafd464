package io.mlassets.trainer.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.backtest.Overfitting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wire form of {@link Overfitting}; see there for units. */
public record OverfittingFigures(
    @JsonProperty("trials") int trials,
    @JsonProperty("mean_correlation") double meanCorrelation,
    @JsonProperty("effective_trials") double effectiveTrials,
    @JsonProperty("trials_deviation") double trialsDeviation,
    @JsonProperty("raw_trials_deviation") double rawTrialsDeviation,
    @JsonProperty("expected_maximum") double expectedMaximum,
    @JsonProperty("sharpe") @Nullable Double sharpe,
    @JsonProperty("deflated_sharpe") @Nullable Double deflatedSharpe,
    @JsonProperty("raw_deflated_sharpe") @Nullable Double rawDeflatedSharpe,
    @JsonProperty("pbo") @Nullable Double pbo,
    @JsonProperty("loss_probability") @Nullable Double lossProbability,
    @JsonProperty("path_sharpes") List<Double> pathSharpes,
    @JsonProperty("record_years") double recordYears,
    @JsonProperty("minimum_record_years") @Nullable Double minimumRecordYears) {

  /** Copies the list. */
  public OverfittingFigures {
    pathSharpes = List.copyOf(pathSharpes);
  }

  /** The wire form. */
  public static OverfittingFigures of(Overfitting found) {
    return new OverfittingFigures(
        found.trials(),
        found.meanCorrelation(),
        found.effectiveTrials(),
        found.trialsDeviation(),
        found.rawTrialsDeviation(),
        found.expectedMaximum(),
        found.sharpe(),
        found.deflatedSharpe(),
        found.rawDeflatedSharpe(),
        found.pbo(),
        found.lossProbability(),
        found.pathSharpes(),
        found.recordYears(),
        found.minimumRecordYears());
  }
}
