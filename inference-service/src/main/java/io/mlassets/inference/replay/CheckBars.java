package io.mlassets.inference.replay;

import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.feature.SpreadState;
import io.mlassets.inference.PairBars;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.policy.TradingRules;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether {@code core.bars} still give the features and the spread that were recorded. Bars may
 * have been corrected or dropped since; the decision does not need them.
 */
final class CheckBars {
  private static final String STAGE = "bars";
  private final JdbcClient jdbc;
  private final InstrumentCatalogue instruments;

  CheckBars(JdbcClient jdbc, InstrumentCatalogue instruments) {
    this.jdbc = jdbc;
    this.instruments = instruments;
  }

  List<Check> check(
      FeatureVector features, BarInterval interval, SpreadState spread, TradingRules rules) {
    String count = "%d features, spread".formatted(features.schema().size());
    List<String> noBars = new ArrayList<>();
    Optional<MarketView> view;
    try {
      view = view(features, interval, rules, noBars);
    } catch (IllegalArgumentException e) {
      return List.of(Check.notChecked(STAGE, "features", count, String.valueOf(e.getMessage())));
    }
    if (view.isEmpty()) {
      String why = noBars.isEmpty() ? "core.bars no longer reach back" : noBars.getFirst();
      return List.of(Check.notChecked(STAGE, "features", count, why));
    }
    return compare(features, interval, spread, view.get());
  }

  private Optional<MarketView> view(
      FeatureVector features, BarInterval interval, TradingRules rules, List<String> noBars) {
    Pair pair = features.pair();
    PairClass pairClass = PairClass.of(instruments.of(pair.a()), instruments.of(pair.b()));
    FeatureEngine engine = new FeatureEngine(pair, interval, pairClass, rules);
    PairBars bars =
        new PairBars(jdbc, instruments, (what, where) -> noBars.add(where + " is no bar: " + what));
    Optional<MarketView> last = Optional.empty();
    for (PairBar bar : bars.upTo(pair, interval, features.ts(), engine.warmUpBars())) {
      last = engine.onBar(bar);
    }
    return last.filter(at -> at.bar().ts().equals(features.ts()));
  }

  private List<Check> compare(
      FeatureVector features, BarInterval interval, SpreadState spread, MarketView again) {
    List<Check> checks =
        new ArrayList<>(
            features.schema().isCurrent()
                ? values(features, again.features())
                : stored(features, interval));
    SpreadState now = again.spread();
    checks.add(Check.of(STAGE, "ln A", spread.logA(), now.logA()));
    checks.add(Check.of(STAGE, "ln B", spread.logB(), now.logB()));
    checks.add(Check.of(STAGE, "beta", spread.beta(), now.beta()));
    checks.add(Check.of(STAGE, "mean", spread.mean(), now.mean()));
    checks.add(Check.of(STAGE, "deviation", spread.deviation(), now.deviation()));
    return checks;
  }

  /** Those the data pipeline made are compared with what it stored, if it did. */
  private List<Check> stored(FeatureVector features, BarInterval interval) {
    String count = "%d features".formatted(features.schema().size());
    if (features.isMissing()) {
      return List.of(Check.notChecked(STAGE, "features", count, "the data pipeline's never came"));
    }
    Optional<Double[]> stored =
        jdbc.sql(
                """
                select feature_values from core.features
                where pair = ? and interval = ? and ts = ? and schema_hash = ?
                """)
            .params(
                features.pair().id(),
                interval.iso(),
                features.ts().atOffset(ZoneOffset.UTC),
                features.schema().hash())
            .query((row, n) -> (Double[]) row.getArray(1).getArray())
            .optional();
    if (stored.isEmpty()) {
      return List.of(
          Check.notChecked(STAGE, "features", count, "core.features does not have the pipeline's"));
    }
    double[] values =
        Arrays.stream(stored.get())
            .mapToDouble(value -> value == null ? Double.NaN : value)
            .toArray();
    try {
      return values(
          features, FeatureVector.of(features.schema(), features.pair(), features.ts(), values));
    } catch (IllegalArgumentException e) {
      return List.of(Check.notChecked(STAGE, "features", count, String.valueOf(e.getMessage())));
    }
  }

  private static List<Check> values(FeatureVector features, FeatureVector again) {
    List<Check> checks = new ArrayList<>();
    int same = 0;
    for (String name : features.schema().names()) {
      Check check = Check.of(STAGE, name, features.get(name), again.get(name));
      if (check.outcome() == Check.Outcome.SAME) {
        same++;
      } else {
        checks.add(check);
      }
    }
    String all = "%d features".formatted(features.schema().size());
    checks.addFirst(Check.of(STAGE, "features", all, "%d features".formatted(same)));
    return checks;
  }
}
