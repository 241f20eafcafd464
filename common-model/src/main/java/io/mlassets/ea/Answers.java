package io.mlassets.ea;

import io.mlassets.signal.SignalSeal;
import io.mlassets.trade.SignalOutcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What the dispatcher is told: the one answer to each order signal (D9), results, positions. */
final class Answers {
  private final EaConfig config;
  private final MarketTime clock;
  private final Standing standing;
  private final SignalSeal seal;

  Answers(EaConfig config, MarketTime clock, Standing standing) {
    this.config = config;
    this.clock = clock;
    this.standing = standing;
    this.seal = new SignalSeal(config.key());
  }

  /** Answers a signal; each leg has the same outcome. */
  void refuse(Plan plan, SignalOutcome outcome, String reason, long now, Actions out) {
    finish(plan, outcome, List.of(outcome, outcome), reason, now, out);
  }

  /** Answers a signal and is done with it. */
  void finish(
      Plan plan,
      SignalOutcome outcome,
      List<SignalOutcome> legs,
      String reason,
      long now,
      Actions out) {
    String ack =
        seal.close(
            "{\"account\":\"%s\",\"signal_seq\":%d,\"signal_id\":\"%s\",\"epoch\":%d,\"pair\":\"%s\",\"action\":\"%s\",\"outcome\":\"%s\",\"reason\":\"%s\",\"legs\":[%s,%s],\"at\":%s"
                .formatted(
                    config.account(),
                    plan.seq,
                    plan.id,
                    plan.epoch,
                    plan.pair,
                    plan.action,
                    outcome,
                    reason,
                    leg(plan, 0, legs.get(0)),
                    leg(plan, 1, legs.get(1)),
                    time(now)));
    out.journal(JournalLines.ack(plan.seq, ack));
    standing.outbox.add(EaDocument.Stream.ACKS, ack, plan.seq);
    if (config.files()) {
      out.write("ack-" + plan.seq + ".json", ack);
    }
    standing.settle(new LastSignal(plan.seq, plan.id, plan.epoch));
    standing.answered(plan.pair, plan.seq, plan.action, outcome, now);
    standing.plan = null;
  }

  private static String leg(Plan plan, int leg, SignalOutcome outcome) {
    return "{\"leg\":%d,\"symbol\":\"%s\",\"outcome\":\"%s\",\"lots\":%s}"
        .formatted(leg, plan.leg(leg).symbol, outcome, EaText.number(plan.leg(leg).filled));
  }

  private String time(long now) {
    Instant market = clock.at(now);
    return market == null ? "null" : '"' + EaText.time(market) + '"';
  }

  /** Fills as a file (F2): sealed with a key, a bare list without. */
  String resultFile(long seq, String fills) {
    return config.key() == null
        ? "[" + fills + "]"
        : seal.close(
            "{\"account\":\"%s\",\"signal_seq\":%d,\"fills\":[%s]"
                .formatted(config.account(), seq, fills));
  }

  /** F3: what may not have been written before a crash. */
  void writeAgain(Actions out) {
    long seq = standing.takenUp().seq();
    List<EaDocument> made = standing.outbox.of(seq);
    String fills =
        made.stream()
            .filter(one -> one.stream == EaDocument.Stream.FILLS)
            .map(one -> one.text)
            .collect(Collectors.joining(","));
    if (!fills.isEmpty()) {
      out.write("result-" + seq + "-again.json", resultFile(seq, fills));
    }
    made.stream()
        .filter(one -> one.stream == EaDocument.Stream.ACKS)
        .forEach(one -> out.write("ack-" + seq + ".json", one.text));
  }

  /** R3: what is held, for the dispatcher to compare. */
  String positions(long now) {
    return seal.close(
        "{\"account\":\"%s\",\"last_seq\":%d,\"at\":%s,%s,\"difference\":\"%s\""
            .formatted(
                config.account(),
                standing.last().seq(),
                time(now),
                standing.book.report(),
                standing.book.difference().orElse("")));
  }
}
