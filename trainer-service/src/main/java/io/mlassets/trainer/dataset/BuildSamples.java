package io.mlassets.trainer.dataset;

import io.mlassets.feature.FeatureEngine;
import io.mlassets.feature.MarketView;
import io.mlassets.feature.PairClass;
import io.mlassets.label.Label;
import io.mlassets.label.Labels;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Instrument;
import io.mlassets.market.Pair;
import io.mlassets.market.PairBar;
import io.mlassets.policy.CorePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds features and labels of one pair from its bars, with the code the live path uses. */
public final class BuildSamples {
  private final CorePolicy policy;

  /** Samples by a policy's trading and label rules. */
  public BuildSamples(CorePolicy policy) {
    this.policy = policy;
  }

  /**
   * The pair's samples.
   *
   * @param a costs of the first leg
   * @param b costs of the second leg
   * @param bars in time order
   * @throws DatasetException if there are too few bars
   */
  public PairSamples of(
      Pair pair, Instrument a, Instrument b, BarInterval interval, List<PairBar> bars) {
    FeatureEngine engine = new FeatureEngine(pair, interval, PairClass.of(a, b), policy.trading());
    List<MarketView> views = new ArrayList<>(bars.size());
    bars.forEach(bar -> engine.onBar(bar).ifPresent(views::add));
    int needed = leastBars(engine);
    if (bars.size() <= needed) {
      throw new DatasetException(
          "pair %s: %d common %s bars in core.bars, training needs more than %d"
              .formatted(pair, bars.size(), interval, needed));
    }
    List<PairBar> known = views.stream().map(MarketView::bar).toList();
    return new PairSamples(pair, a, b, known, samples(views));
  }

  /** Common bars of the legs without which there is nothing to say of a pair. */
  int leastBars(Pair pair, Instrument a, Instrument b, BarInterval interval) {
    return leastBars(new FeatureEngine(pair, interval, PairClass.of(a, b), policy.trading()));
  }

  private int leastBars(FeatureEngine engine) {
    return engine.warmUpBars() + policy.trading().featureWindow() + policy.trading().holdingBars();
  }

  private List<Sample> samples(List<MarketView> views) {
    Map<Instant, MarketView> byTs = HashMap.newHashMap(views.size());
    views.forEach(view -> byTs.put(view.bar().ts(), view));
    List<Sample> samples = new ArrayList<>();
    for (Label label : new Labels(policy).of(views)) {
      MarketView view = byTs.get(label.ts());
      if (view == null) {
        throw new IllegalStateException("label at %s has no view".formatted(label.ts()));
      }
      samples.add(new Sample(view, label));
    }
    return samples;
  }
}
