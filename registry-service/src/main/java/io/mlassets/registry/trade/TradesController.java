package io.mlassets.registry.trade;

import io.mlassets.market.Pair;
import io.mlassets.platform.web.Page;
import io.mlassets.platform.web.PageRequest;
import io.mlassets.registry.Filters;
import io.mlassets.registry.Known;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Live trades over REST (E-06). */
@RestController
class TradesController {
  private final TradeRows trades;

  TradesController(TradeRows trades) {
    this.trades = trades;
  }

  @GetMapping("/api/v1/trades")
  @Operation(summary = "Deals, newest first")
  Page<TradeRow> list(
      @RequestParam(required = false) @Nullable String account,
      @RequestParam(required = false) @Nullable String mode,
      @RequestParam(required = false) @Nullable String pair,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    return new Filters<TradeRow>()
        .equal("account", account)
        .equal("mode", Known.mode(mode))
        .equal("pair", pair == null ? null : Pair.parse(pair).id())
        .from("filledAt", from)
        .before("filledAt", to)
        .page(
            trades,
            new PageRequest(page, size),
            Sort.by(
                Sort.Order.desc("filledAt"),
                Sort.Order.desc("dealTicket"),
                Sort.Order.asc("account")));
  }
}
