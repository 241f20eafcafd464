package io.mlassets.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.policy.InvalidPolicyException;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies in force: those the service started with, then every change of their files. The
 * three files change as one: a change counts once two looks in a row found the same, so that
 * neither a file half written nor the first of three is taken for it. What is refused changes
 * nothing. Whoever needs several values for one piece of work takes {@link #now()} once.
 */
public final class PoliciesInForce implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PoliciesInForce.class);
  private final Path folder;
  private final MeterRegistry meters;
  private final WatchLoop loop;
  private volatile Policies now;
  private String judged = "";
  private @Nullable String seen;

  /**
   * In force from the start.
   *
   * @param folder of the three files
   * @param every time between two looks
   * @throws InvalidPolicyException naming file, key and what was expected
   */
  public PoliciesInForce(Path folder, Duration every, MeterRegistry meters) {
    this.folder = folder;
    this.meters = meters;
    this.now = PolicyFiles.read(folder);
    this.loop =
        new WatchLoop("policies", every, every) {
          @Override
          protected void look() {
            PoliciesInForce.this.look();
          }
        };
  }

  /** The newest that are allowed. */
  public Policies now() {
    return now;
  }

  /** Looks at the files from now on. */
  public void start() {
    loop.start();
  }

  /** Looks once. */
  void look() {
    String found = found();
    if (found.equals(judged)) {
      seen = found;
    } else if (found.equals(seen)) {
      judge(found);
    } else {
      seen = found;
    }
  }

  private void judge(String found) {
    try {
      Policies next = PolicyFiles.read(folder);
      if (!found.equals(found())) {
        return;
      }
      if (!next.hash().equals(now.hash())) {
        log.info("policies {} instead of {}", next.hash(), now.hash());
        meters.counter("policy_changes_total").increment();
        now = next;
      }
    } catch (InvalidPolicyException e) {
      meters.counter("policies_refused_total").increment();
      log.error("policies refused, {} stay in force: {}", now.hash(), e.getMessage());
    }
    judged = found;
  }

  /** Everything in the files; what cannot be read is a difference like any other. */
  private String found() {
    StringBuilder text = new StringBuilder();
    for (String name : PolicyFiles.NAMES) {
      try {
        text.append(name).append('\n').append(Files.readString(folder.resolve(name)));
      } catch (IOException e) {
        text.append(e);
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    loop.stop();
  }
}
