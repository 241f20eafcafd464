package io.mlassets.trainer.rest;

import io.mlassets.trainer.run.RunEvent;
import io.mlassets.trainer.run.RunEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams of runs' events to whoever looks. While a run says nothing a comment keeps proxies from
 * hanging up, and shows that a listener has gone; a service that stops ends them, as its web server
 * waits for open answers.
 */
@Component
class RunStreams implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunStreams.class);
  private static final long NO_TIMEOUT = 0;
  private final Set<SseEmitter> open = ConcurrentHashMap.newKeySet();
  private final Duration heartbeat;
  private final Thread heart;

  RunStreams(Environment environment) {
    heartbeat =
        environment.getProperty("training.heartbeat", Duration.class, Duration.ofSeconds(15));
    heart = Thread.ofVirtual().name("stream-heartbeat").start(this::beat);
  }

  /**
   * A new stream.
   *
   * @param events empty when another process looks after the run, or it ended long ago
   * @param state what its row says; all there is to say then
   */
  SseEmitter open(Optional<RunEvents> events, RunEvent state) {
    SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
    open.add(emitter);
    emitter.onCompletion(() -> open.remove(emitter));
    emitter.onError(failure -> open.remove(emitter));
    if (events.isPresent()) {
      events.get().listen(event -> send(emitter, event));
    } else {
      send(emitter, state);
      emitter.complete();
    }
    return emitter;
  }

  private void send(SseEmitter emitter, RunEvent event) {
    try {
      emitter.send(SseEmitter.event().name("progress").data(event, MediaType.APPLICATION_JSON));
      if (isLast(event)) {
        emitter.complete();
      }
    } catch (IOException | IllegalStateException e) {
      open.remove(emitter);
      throw new RunEvents.ListenerGoneException(e);
    }
  }

  /** An attempt has ended; a retry has a stream of its own. */
  private static boolean isLast(RunEvent event) {
    return switch (event.stage()) {
      case "success", "failed", "aborted", "retrying" -> true;
      default -> false;
    };
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(heartbeat);
        open.forEach(this::beat);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat(SseEmitter emitter) {
    try {
      emitter.send(SseEmitter.event().comment("alive"));
    } catch (IOException | IllegalStateException e) {
      log.debug("a listener has gone: {}", e.getMessage());
      open.remove(emitter);
    }
  }

  @EventListener
  void closing(ContextClosedEvent event) {
    log.debug("{} ends {} streams", event, open.size());
    open.forEach(SseEmitter::complete);
  }

  @Override
  public void close() {
    heart.interrupt();
  }
}
