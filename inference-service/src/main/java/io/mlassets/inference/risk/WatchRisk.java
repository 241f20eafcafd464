package io.mlassets.inference.risk;

import io.mlassets.signal.SignalMode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Reads, shows and tells the figures, every second, on a thread of its own. */
@Component
class WatchRisk implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(WatchRisk.class);
  private static final long LOOK_MILLIS = 1_000;
  private final RiskBook book;
  private final RestoreRisk restore;
  private final RiskGauges gauges;
  private final TellRisk tell;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("risk-watch").unstarted(work));
  private volatile boolean running;

  /** Of the thread alone. */
  private boolean failing;

  WatchRisk(RiskBook book, RestoreRisk restore, RiskGauges gauges, TellRisk tell) {
    this.book = book;
    this.restore = restore;
    this.gauges = gauges;
    this.tell = tell;
  }

  private void look() {
    try {
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
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        log.warn("what AI2 does is not watched until this is over: {}", e.toString(), e);
      }
      failing = true;
    }
  }

  @Override
  public void start() {
    running = true;
    var unused = thread.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    running = false;
    thread.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
