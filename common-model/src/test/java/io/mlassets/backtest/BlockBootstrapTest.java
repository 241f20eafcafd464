package io.mlassets.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("E-01")
class BlockBootstrapTest {

  @Test
  void on_independent_profits_the_spread_is_the_textbook_standard_error() {
    SplittableRandom random = new SplittableRandom(1);
    double[] pnl = random.doubles(4_000, -1, 1.1).toArray();
    double[] sharpes = new BlockBootstrap(pnl, 20).sharpes(4_000, 3);
    double low = BlockBootstrap.quantile(sharpes, 0.05);
    double high = BlockBootstrap.quantile(sharpes, 0.95);
    double standardError = Math.sqrt(1.0 / pnl.length);
    assertThat((high - low) / 2).isCloseTo(1.645 * standardError, within(0.15 * standardError));
  }

  @Test
  void dependent_profits_without_an_edge_are_seldom_mistaken_for_one() {
    int significant = 0;
    for (long seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] pnl = new double[1_000];
      double carried = 0;
      for (int i = 0; i < pnl.length; i++) {
        carried = 0.8 * carried + random.nextGaussian();
        pnl[i] = carried;
      }
      double[] sharpes = new BlockBootstrap(pnl, 50).sharpes(300, seed);
      significant += BlockBootstrap.quantile(sharpes, 0.05) > 0 ? 1 : 0;
    }
    // 5 % is the aim; blocks of 50 on 1,000 dependent profits come near it.
    assertThat(significant).isBetween(8, 44);
  }

  @Test
  void one_block_of_the_whole_length_is_the_series_itself() {
    double[] pnl = {0.1, -0.2, 0.3, 0.05};
    double[] sharpes = new BlockBootstrap(pnl, 100).sharpes(100, 1);
    Double whole = Sharpe.perBar(pnl);
    assertThat(sharpes[0]).isCloseTo(whole, within(1e-12));
    assertThat(sharpes[99]).isCloseTo(whole, within(1e-12));
  }
}
