package io.mlassets.registry.trade;

import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

/** Reads {@code core.live_trades}. */
interface TradeRows extends Repository<TradeRow, TradeKey>, JpaSpecificationExecutor<TradeRow> {}
