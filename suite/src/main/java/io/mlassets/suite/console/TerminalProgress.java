package io.mlassets.suite.console;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that moves. */
final class TerminalProgress implements Progress {
  private final ProgressBar bar;

  TerminalProgress(String what, long total) {
    bar =
        new ProgressBarBuilder()
            .setTaskName("  " + what)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
            .setUpdateIntervalMillis(200)
            .setMaxRenderedLength(110)
            .continuousUpdate()
            .build();
  }

  @Override
  public void at(long done, long total, String note) {
    bar.maxHint(total);
    bar.stepTo(done);
    bar.setExtraMessage(" " + note);
  }

  @Override
  public void close() {
    bar.close();
  }
}
