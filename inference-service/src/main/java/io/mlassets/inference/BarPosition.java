package io.mlassets.inference;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Where in the source of bars reading begins: no bar that some shard has not decided is behind. */
@Component
class BarPosition {
  private static final Logger log = LoggerFactory.getLogger(BarPosition.class);
  private final ShardTable shards;
  private final BarSource source;

  BarPosition(ShardTable shards, BarSource source) {
    this.shards = shards;
    this.source = source;
  }

  /** As it is kept with a shard. */
  String kept(String position) {
    return source.kind() + " " + position;
  }

  /** The earliest of all shards, or the source's beginning when one of them is not known. */
  String start() {
    List<String> kept;
    try {
      kept = shards.positions();
    } catch (DataAccessException e) {
      log.warn("positions are not readable, {} is read from its beginning", source.name(), e);
      return source.beginning();
    }
    String ours = kept("");
    return kept.stream().allMatch(position -> position.startsWith(ours))
        ? kept.stream()
            .map(position -> position.substring(ours.length()))
            .min(source.order())
            .orElse(source.beginning())
        : source.beginning();
  }
}
