package io.mlassets.decision;

import io.mlassets.feature.FeatureVector;
import io.mlassets.feature.SpreadState;
import java.time.Instant;
import java.util.UUID;

/**
 * What a decision was made from, recorded so that it can be made again: the state no other row
 * holds, and hashes of what other rows do.
 *
 * @param signalId the decision's signal
 * @param barTs UTC start of its bar
 * @param state the state it was made in
 * @param bundleSha256 hash of the bundle's file
 * @param policyHash hash of the policies in force
 * @param featuresSha256 {@link #sha256(FeatureVector)} of the features
 */
public record DecisionTrace(
    UUID signalId,
    Instant barTs,
    DecisionState state,
    String bundleSha256,
    String policyHash,
    String featuresSha256) {

  /** Over schema, pair, bar and the bits of every value; lower-case hex. */
  public static String sha256(FeatureVector features) {
    BitDigest digest =
        new BitDigest()
            .text(features.schema().hash())
            .text(features.pair().id())
            .text(features.ts().toString());
    for (double value : features.copy()) {
      digest.number(value);
    }
    return digest.hex();
  }

  /** Over everything in this record; lower-case hex. */
  public String sha256() {
    BitDigest digest =
        new BitDigest()
            .text(signalId.toString())
            .text(barTs.toString())
            .text(state.madeAt().toString())
            .number(state.thresholds().theta1())
            .number(state.thresholds().theta2());
    add(digest, state.spread());
    switch (state.position()) {
      case Position.Flat() -> digest.text("FLAT");
      case Position.Open open -> {
        digest
            .text(open.direction().name())
            .text(open.entryTs().toString())
            .whole(open.barsHeld())
            .number(open.scale());
        add(digest, open.entrySpread());
      }
    }
    if (state.entriesStopped()) {
      // Only then: rows from before stops existed keep their hashes.
      digest.text("ENTRIES_STOPPED");
    }
    return digest.text(bundleSha256).text(policyHash).text(featuresSha256).hex();
  }

  private static void add(BitDigest digest, SpreadState spread) {
    digest
        .number(spread.logA())
        .number(spread.logB())
        .number(spread.beta())
        .number(spread.mean())
        .number(spread.deviation());
  }
}
