package io.mlassets.bench.honesty;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.bench.Report;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench honesty} found.
 *
 * @param noEdge markets without an edge, by kind
 * @param power the share adopted over years where an edge is planted; claimed is the last
 * @param plantedTruth what simple rules truly earn where it is
 * @param shuffledReturn AUC of AI1 within folds on shuffled labels
 * @param shuffledRisk the same of AI2
 * @param leakRefused whether each planted leak was named and refused
 * @param suspected markets without a planted leak where a feature was suspected
 * @param deflatedMin the deflated Sharpe ratio adoption needs
 * @param seconds it took
 */
record HonestyFigures(
    List<NoEdge> noEdge,
    List<Power> power,
    Truth plantedTruth,
    Estimate shuffledReturn,
    Estimate shuffledRisk,
    Map<PlantedLeak, Boolean> leakRefused,
    int suspected,
    double deflatedMin,
    double seconds) {
  /** Fewer that trade prove little. */
  private static final int LEAST_TRADED = 100;

  private static final double PLANTED_SHARPE = 2;

  HonestyFigures {
    noEdge = List.copyOf(noEdge);
    power = List.copyOf(power);
    leakRefused = new EnumMap<>(leakRefused);
  }

  /** How many of how many markets were adopted. */
  record Share(@JsonProperty("markets") int markets, @JsonProperty("adopted") int adopted) {

    double share() {
      return markets == 0 ? 0 : (double) adopted / markets;
    }
  }

  /** All markets without an edge. */
  Share all() {
    return new Share(total(kind -> kind.results().size()), total(NoEdge::adopted));
  }

  /** Those of them that traded as often as adoption needs. */
  Share traded() {
    return new Share(total(NoEdge::traded), total(NoEdge::adopted));
  }

  private int total(ToIntFunction<NoEdge> count) {
    return noEdge.stream().mapToInt(count).sum();
  }

  /** The point power is claimed for. */
  Power claimed() {
    return power.getLast();
  }

  /** Years theory asks for where a strategy keeps all that trading every candidate earns. */
  double yearsForTheEdge() {
    return Theory.years(plantedTruth.every().mean(), claimed().effectiveTrials(), deflatedMin);
  }

  /** Years theory asks for what the pipeline's own strategies keep of it. */
  double yearsForThePipeline() {
    return Theory.years(claimed().meanSharpe().mean(), claimed().effectiveTrials(), deflatedMin);
  }

  /** What should hold and does not. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    noEdge.forEach(kind -> broken.addAll(kind.broken()));
    require(
        broken,
        all().share() <= NoEdge.SHARE && traded().share() <= NoEdge.SHARE,
        "%d adopted of %d markets without an edge, %d of which traded: may be 5 %% of either"
            .formatted(all().adopted(), all().markets(), traded().markets()));
    require(
        broken,
        traded().markets() >= LEAST_TRADED,
        "only %d markets without an edge traded, proof needs %d"
            .formatted(traded().markets(), LEAST_TRADED));
    require(
        broken,
        claimed().share() >= Theory.POWER,
        "%d of %d planted edges adopted, should be 80 %%"
            .formatted(claimed().adopted(), claimed().markets()));
    Estimate planted = plantedTruth.every();
    require(
        broken,
        Math.abs(planted.mean() - PLANTED_SHARPE)
            <= NoEdge.ERRORS * planted.standardError() + NoEdge.NEGLIGIBLE,
        "the planted edge is worth a Sharpe ratio of %s, not of 2".formatted(planted.text(2)));
    requireHalf(broken, "AI1", shuffledReturn);
    requireHalf(broken, "AI2", shuffledRisk);
    leakRefused.forEach(
        (leak, refused) -> require(broken, refused, "leak %s not refused".formatted(leak.wire())));
    require(broken, suspected == 0, "honest features suspected on %d markets".formatted(suspected));
    return broken;
  }

  private static void requireHalf(List<String> broken, String model, Estimate auc) {
    require(
        broken,
        Math.abs(auc.errorsFrom(0.5)) <= NoEdge.ERRORS,
        "%s has an AUC of %s on shuffled labels, more than %.0f errors from 0.5"
            .formatted(model, auc.text(4), NoEdge.ERRORS));
  }

  private static void require(List<String> broken, boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  /** As the report has them. */
  SequencedMap<String, @Nullable Object> fields() {
    Map<String, Boolean> leaks = new LinkedHashMap<>();
    leakRefused.forEach((leak, refused) -> leaks.put(leak.wire(), refused));
    return Report.fields(
        "no_edge",
        all(),
        "planted",
        new Share(claimed().markets(), claimed().adopted()),
        "shuffled_auc",
        shuffledReturn,
        "shuffled_auc_risk",
        shuffledRisk,
        "leak_refused",
        suspected == 0 && !leakRefused.containsValue(false),
        "leaks",
        leaks,
        "honest_features_suspected",
        suspected,
        "no_edge_traded",
        traded(),
        "no_edge_kinds",
        noEdge.stream().map(NoEdge::fields).toList(),
        "planted_sharpe",
        plantedTruth.every(),
        "years",
        Report.fields(
            "asked_for_the_edge", finite(yearsForTheEdge()),
            "asked_for_the_pipeline", finite(yearsForThePipeline()),
            "used", claimed().years(),
            "effective_trials", claimed().effectiveTrials()),
        "power",
        power,
        "does_not_hold",
        broken(),
        "seconds",
        seconds);
  }

  private static @Nullable Double finite(double years) {
    return Double.isInfinite(years) ? null : (Double) years;
  }
}
