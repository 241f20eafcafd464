package io.mlassets.trainer.dataset;

import io.mlassets.feature.FeatureVector;
import io.mlassets.market.Bar;
import io.mlassets.market.Symbol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run trains on, and how to get the same again.
 *
 * @param set the rows
 * @param window the request with its window closed: first bar there was, end of the last
 * @param barsSha256 over every bar read, by symbol and time
 * @param featuresSha256 over every vector of the data pipeline in the rows; null when the features
 *     are made of the bars
 * @param leftOut candidates the data pipeline made no vector for, which are no rows
 */
public record LoadedData(
    TrainingSet set,
    DataRequest window,
    String barsSha256,
    @Nullable String featuresSha256,
    int leftOut) {

  static LoadedData of(
      TrainingSet set, DataRequest request, SortedMap<Symbol, List<Bar>> bars, int leftOut) {
    Instant first =
        bars.values().stream()
            .map(list -> list.getFirst().ts())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Instant last =
        bars.values().stream()
            .map(list -> list.getLast().ts())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    DataRequest closed =
        new DataRequest(
            request.pairs(),
            request.interval(),
            first,
            request.interval().endOf(last),
            request.pipelineSchema());
    return new LoadedData(
        set,
        closed,
        sha256(bars),
        request.pipelineSchema() == null ? null : sha256(set.samples()),
        leftOut);
  }

  private static String sha256(SortedMap<Symbol, List<Bar>> bars) {
    MessageDigest digest = sha256();
    ByteBuffer row = ByteBuffer.allocate(6 * Long.BYTES);
    bars.forEach(
        (symbol, list) -> {
          digest.update(symbol.name().getBytes(StandardCharsets.UTF_8));
          for (Bar bar : list) {
            row.clear();
            row.putLong(bar.ts().getEpochSecond())
                .putDouble(bar.open())
                .putDouble(bar.high())
                .putDouble(bar.low())
                .putDouble(bar.close())
                .putDouble(bar.volume());
            digest.update(row.array());
          }
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String sha256(List<Sample> samples) {
    MessageDigest digest = sha256();
    for (Sample sample : samples) {
      FeatureVector features = sample.view().features();
      digest.update(features.pair().id().getBytes(StandardCharsets.UTF_8));
      double[] values = features.copy();
      ByteBuffer row = ByteBuffer.allocate((1 + values.length) * Long.BYTES);
      row.putLong(features.ts().getEpochSecond());
      for (double value : values) {
        row.putDouble(value);
      }
      digest.update(row.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
