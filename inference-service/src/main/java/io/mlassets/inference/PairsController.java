package io.mlassets.inference;

import io.mlassets.market.Pair;
import io.swagger.v3.oas.annotations.Operation;
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

  PairsController(PairBoard board, InferenceLoop loop) {
    this.board = board;
    this.loop = loop;
  }

  /**
   * The pairs of this process.
   *
   * @param modelVersion version in force, null while waiting for one
   * @param mode live or shadow, null while waiting
   * @param pairs pairs decided for, warmed up
   * @param states latest decision of each, once there is one
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Pairs(
      @Nullable String modelVersion,
      @Nullable String mode,
      List<Pair> pairs,
      List<PairState> states) {}

  @GetMapping("/api/v1/pairs")
  @Operation(summary = "The pairs of this process and their latest decisions")
  Pairs pairs() {
    LiveModel model = loop.model();
    return new Pairs(
        model == null ? null : model.bundle().version().value(),
        model == null ? null : model.mode().wire(),
        board.pairs(),
        board.states());
  }

  @GetMapping("/api/v1/pairs/{pair}")
  @Operation(summary = "The latest decision of one pair with the features it was made from")
  PairState pair(@PathVariable String pair) {
    return board.state(Pair.parse(pair));
  }
}
