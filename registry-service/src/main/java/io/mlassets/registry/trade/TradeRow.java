package io.mlassets.registry.trade;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code core.live_trades}; written by the dispatcher. */
@Entity
@Immutable
@IdClass(TradeKey.class)
@Table(schema = "core", name = "live_trades")
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE)
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
public class TradeRow {
  @Id @Column private String account;

  @Id
  @Column(name = "deal_ticket")
  @JsonProperty("deal_ticket")
  private long dealTicket;

  @Column(name = "signal_seq")
  @JsonProperty("signal_seq")
  private long signalSeq;

  @Column(name = "signal_id")
  @JsonProperty("signal_id")
  private @Nullable UUID signalId;

  @Column private String mode;
  @Column private String action;
  @Column private String pair;
  @Column private String symbol;
  @Column private String side;
  @Column private double lots;
  @Column private @Nullable Double price;

  @Column(name = "filled_at")
  @JsonProperty("filled_at")
  private Instant filledAt;

  @Column private int retcode;

  /** Of an ADJUST: the decision it corrects positions by. */
  @Column private @Nullable Long adoption;

  @Column(name = "received_at")
  @JsonProperty("received_at")
  private Instant receivedAt;

  /** For the persistence provider. */
  protected TradeRow() {}
}
