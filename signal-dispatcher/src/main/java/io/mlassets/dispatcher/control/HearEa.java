package io.mlassets.dispatcher.control;

import io.mlassets.channel.Channels;
import io.mlassets.signal.SignalSeal;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks for signs of life that are no fills: the newest acks and position reports, told by their
 * seal. They are not booked here, so any other is passed over.
 */
@Component
class HearEa {
  private static final Logger log = LoggerFactory.getLogger(HearEa.class);
  private static final int NEWEST = 20;
  private final StringRedisTemplate redis;
  private final Channels channels;
  private final JsonMapper json;
  private final SignalSeal seal;
  private final EaContact contact;

  HearEa(
      StringRedisTemplate redis,
      Channels channels,
      JsonMapper json,
      SignalSeal seal,
      EaContact contact) {
    this.redis = redis;
    this.channels = channels;
    this.json = json;
    this.seal = seal;
    this.contact = contact;
  }

  void listen() {
    if (!contact.isAwaited()) {
      return;
    }
    try {
      hear(channels.acks());
      hear(channels.positions());
    } catch (DataAccessException e) {
      contact.excuse();
      log.debug("Redis is away: nothing can be heard: {}", e.toString());
    }
  }

  private void hear(String stream) {
    List<MapRecord<String, Object, Object>> newest =
        redis.opsForStream().reverseRange(stream, Range.unbounded(), Limit.limit().count(NEWEST));
    if (newest == null) {
      return;
    }
    for (MapRecord<String, Object, Object> entry : newest) {
      String account = account(String.valueOf(entry.getValue().get(Channels.PAYLOAD)));
      if (!account.isEmpty()) {
        String id = entry.getId().getValue();
        long millis = Long.parseLong(id.substring(0, id.indexOf('-')));
        contact.heard(account, Instant.ofEpochMilli(millis));
      }
    }
  }

  private String account(String text) {
    if (!seal.holds(text)) {
      return "";
    }
    try {
      return json.readTree(text).path("account").asString("");
    } catch (JacksonException e) {
      return "";
    }
  }
}
