package io.mlassets.trainer.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows a run on stdout: a bar with stage, percent and time left where a person looks, a JSON
 * document per line where a machine reads. Thread-safe.
 */
public final class ShowRun implements AutoCloseable {
  private static final double NANOS = 1e9;
  private final PrintStream out;
  private final JsonMapper json = JsonMapper.builder().build();
  private final TimeLeft time = new TimeLeft();
  private final boolean forPerson;
  private @Nullable ProgressBar bar;

  private ShowRun(PrintStream out, boolean forPerson) {
    this.out = out;
    this.forPerson = forPerson;
  }

  /** Shows on this stream; a bar when it is a terminal. */
  public static ShowRun on(PrintStream out) {
    return new ShowRun(out, System.console() != null && System.console().isTerminal());
  }

  /** The run got here. */
  public synchronized void at(String stage, int percent) {
    time.reached(percent, now());
    if (forPerson) {
      ProgressBar shown = bar == null ? newBar() : bar;
      bar = shown;
      shown.stepTo(time.percent());
      shown.setExtraMessage(" " + stage);
    } else {
      say(RunEvent.progress(stage, time.percent(), time.seconds(now())));
    }
  }

  private ProgressBar newBar() {
    return new ProgressBarBuilder()
        .setTaskName("train")
        .setInitialMax(100)
        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
        .setUpdateIntervalMillis(500)
        .setMaxRenderedLength(110)
        .continuousUpdate()
        .setEtaFunction(state -> left())
        .build();
  }

  /** The run has ended so. */
  public synchronized void ended(RunEvent event) {
    close();
    say(event);
  }

  private void say(RunEvent event) {
    out.println(json.writeValueAsString(event));
    out.flush();
  }

  private synchronized Optional<Duration> left() {
    return Optional.ofNullable(time.seconds(now())).map(Duration::ofSeconds);
  }

  private static double now() {
    return System.nanoTime() / NANOS;
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
