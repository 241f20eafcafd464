package io.mlassets.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.trade.Fill;

/**
 * Says on channel {@code trades} that a fill (or refusal) was booked.
 *
 * @param mode live or shadow
 * @param signalId the signal obeyed
 * @param action the signal's action
 * @param fill the fill as booked
 */
public record TradeNotice(
    String mode, @JsonProperty("signal_id") String signalId, String action, Fill fill) {}
