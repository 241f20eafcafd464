package io.mlassets.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells at most one alert per key and window. The first goes at once; what comes behind it within
 * the window is counted and told as one at the window's end, unless it is over by then. Not
 * thread-safe.
 */
public final class StormFold {
  /**
   * An alert to be told now.
   *
   * @param alert the newest of those it stands for
   * @param count how many those are, since the last one told
   */
  public record Told(Alert alert, int count) {}

  private static final class Storm {
    private Instant opened = Instant.MIN;
    private int folded;
    private boolean over;
    private @Nullable Alert newest;
  }

  private final Duration window;
  private final Map<String, Storm> storms = new HashMap<>();

  /**
   * Without a storm.
   *
   * @param window least time between two alerts of a key
   */
  public StormFold(Duration window) {
    this.window = window;
  }

  /** Something happened; what is to be told now, if anything. */
  public Optional<Told> raise(Alert alert, Instant now) {
    Storm storm = storms.computeIfAbsent(alert.key(), key -> new Storm());
    storm.over = false;
    storm.newest = alert;
    storm.folded++;
    return isOpen(storm, now) ? Optional.empty() : Optional.of(tell(storm, alert, now));
  }

  /** It is over: nothing folded of it will be told by itself. */
  public void over(String key) {
    Storm storm = storms.get(key);
    if (storm != null) {
      storm.over = true;
    }
  }

  /** Folded alerts whose window has ended; to be called now and then. */
  public List<Told> due(Instant now) {
    List<Told> due = new ArrayList<>();
    for (Iterator<Storm> all = storms.values().iterator(); all.hasNext(); ) {
      Storm storm = all.next();
      Alert newest = storm.newest;
      if (isOpen(storm, now)) {
        continue;
      }
      if (newest == null || storm.folded == 0 || storm.over) {
        all.remove();
      } else {
        due.add(tell(storm, newest, now));
      }
    }
    return due;
  }

  private boolean isOpen(Storm storm, Instant now) {
    return !storm.opened.equals(Instant.MIN) && now.isBefore(storm.opened.plus(window));
  }

  private static Told tell(Storm storm, Alert alert, Instant now) {
    Told told = new Told(alert, storm.folded);
    storm.opened = now;
    storm.folded = 0;
    return told;
  }
}
