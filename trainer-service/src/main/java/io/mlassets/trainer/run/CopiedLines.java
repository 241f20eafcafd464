package io.mlassets.trainer.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Copies what a training process logs to stderr into the service's log, each line at its level;
 * lines without one, such as a stack trace or words of a native library, go with the line before.
 */
final class CopiedLines {
  private static final Pattern LOGGED =
      Pattern.compile("\\S+Z (ERROR|WARN|INFO|DEBUG|TRACE) +(.*)");
  private final Logger into;
  private Level level = Level.INFO;

  CopiedLines(Logger into) {
    this.into = into;
  }

  void copy(String line) {
    Matcher logged = LOGGED.matcher(line);
    boolean hasLevel = logged.matches();
    if (hasLevel) {
      level = Level.valueOf(logged.group(1));
    }
    into.atLevel(level).log(hasLevel ? logged.group(2) : line);
  }
}
