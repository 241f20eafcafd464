package io.mlassets.inference.risk;

import io.mlassets.platform.WatchLoop;
import io.mlassets.signal.SignalMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads, shows and tells the figures, every second, on a thread of its own. */
@Component
class WatchRisk extends WatchLoop {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private final RiskBook book;
  private final RestoreRisk restore;
  private final RiskGauges gauges;
  private final TellRisk tell;

  WatchRisk(RiskBook book, RestoreRisk restore, RiskGauges gauges, TellRisk tell) {
    super("risk-watch", Duration.ZERO, EVERY);
    this.book = book;
    this.restore = restore;
    this.gauges = gauges;
    this.tell = tell;
  }

  @Override
  protected void look() {
    restore.restore();
    gauges.follow();
    List<PairRisk.Of> all = book.all().map(PairRisk::of).toList();
    for (PairRisk.Of of : all) {
      book.figures(of.pair())
          .ifPresent(figures -> tell.of(of.pair().id(), of.mode(), of.modelVersion(), figures));
    }
    for (SignalMode mode : SignalMode.values()) {
      Optional<PairRisk.Of> one = all.stream().filter(of -> of.mode() == mode).findFirst();
      Optional<RiskFigures> whole = book.whole(mode);
      if (one.isPresent() && whole.isPresent()) {
        tell.of(RiskGauges.ALL_PAIRS, mode, one.get().modelVersion(), whole.get());
      }
    }
  }
}
