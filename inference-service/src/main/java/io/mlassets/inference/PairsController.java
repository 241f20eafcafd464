package io.mlassets.inference;

import io.mlassets.inference.risk.RiskBook;
import io.mlassets.inference.risk.RiskFigures;
import io.mlassets.market.Pair;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What is decided for which pair. */
@RestController
class PairsController {
  private final PairBoard board;
  private final InferenceLoop loop;
  private final HeldShards held;
  private final ShardLeases leases;
  private final RiskBook risk;

  PairsController(
      PairBoard board, InferenceLoop loop, HeldShards held, ShardLeases leases, RiskBook risk) {
    this.board = board;
    this.loop = loop;
    this.held = held;
    this.leases = leases;
    this.risk = risk;
  }

  /**
   * A shard, as this replica saw it when it renewed its own leases last.
   *
   * @param number from 0
   * @param pairs in the model's order
   * @param owner the replica that decides for them, null while there is none
   * @param epoch raised by each take-over
   * @param until when its lease ends unless it is renewed, UTC; null if there never was one
   * @param own whether that is this replica
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Shard(
      int number,
      List<Pair> pairs,
      @Nullable String owner,
      long epoch,
      @Nullable Instant until,
      boolean own) {}

  /**
   * The pairs of this process.
   *
   * @param modelVersion version in force, null while waiting for one
   * @param mode live or shadow, null while waiting
   * @param pairs pairs decided for, warmed up
   * @param states latest decision of each, once there is one
   * @param replica what this process is called among the replicas
   * @param shards all shards and who owns them
   * @param risk what AI2 did to the newest candidates of all of them; null until that is known
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Pairs(
      @Nullable String modelVersion,
      @Nullable String mode,
      List<Pair> pairs,
      List<PairState> states,
      String replica,
      List<Shard> shards,
      @Nullable RiskFigures risk) {}

  @GetMapping("/api/v1/pairs")
  @Operation(
      summary = "The pairs of this process, their latest decisions, and which replica owns what")
  Pairs pairs() {
    LiveModel model = loop.model();
    return new Pairs(
        model == null ? null : model.bundle().version().value(),
        model == null ? null : model.mode().wire(),
        board.pairs(),
        board.states(),
        leases.me(),
        shards(),
        model == null ? null : risk.whole(model.mode()).orElse(null));
  }

  private List<Shard> shards() {
    ShardTable.Seen seen = held.seen();
    return seen == null ? List.of() : seen.shards().stream().map(this::shard).toList();
  }

  private Shard shard(ShardTable.Row row) {
    String owner = row.held() ? row.owner() : null;
    return new Shard(
        row.shard(), row.pairs(), owner, row.epoch(), row.until(), leases.me().equals(owner));
  }

  @GetMapping("/api/v1/pairs/{pair}")
  @Operation(summary = "The latest decision of one pair with the features it was made from")
  PairState pair(@PathVariable String pair) {
    return board.state(Pair.parse(pair));
  }
}
