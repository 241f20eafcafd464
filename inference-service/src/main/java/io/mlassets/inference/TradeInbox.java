package io.mlassets.inference;

import io.mlassets.channel.Channels;
import io.mlassets.channel.TradeNotice;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.redis.RedisSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Booked fills on their way to the decision thread. */
@Component
class TradeInbox implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(TradeInbox.class);
  private final JsonMapper json;
  private final RedisSubscription subscription;
  private final Queue<TradeNotice> waiting = new ConcurrentLinkedQueue<>();
  private volatile boolean running;

  TradeInbox(JsonMapper json, RedisSettings redis, Channels channels) {
    this.json = json;
    this.subscription =
        new RedisSubscription(redis, (channel, text) -> accept(text), channels.trades());
  }

  private void accept(String text) {
    try {
      waiting.add(json.readValue(text, TradeNotice.class));
    } catch (JacksonException e) {
      log.warn("trade notice is not readable: {}", e.getOriginalMessage());
    }
  }

  List<TradeNotice> take() {
    List<TradeNotice> taken = new ArrayList<>();
    for (TradeNotice notice = waiting.poll(); notice != null; notice = waiting.poll()) {
      taken.add(notice);
    }
    return taken;
  }

  @Override
  public void start() {
    running = true;
    subscription.start();
  }

  @Override
  public void stop() {
    running = false;
    subscription.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
