package io.mlassets.trainer.dataset;

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

/**
 * What a run trains on, and how to get the same again.
 *
 * @param set the rows
 * @param window the request with its window closed: first bar there was, end of the last
 * @param barsSha256 over every bar read, by symbol and time
 */
public record LoadedData(TrainingSet set, DataRequest window, String barsSha256) {

  static LoadedData of(TrainingSet set, DataRequest request, SortedMap<Symbol, List<Bar>> bars) {
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
        new DataRequest(request.pairs(), request.interval(), first, request.interval().endOf(last));
    return new LoadedData(set, closed, sha256(bars));
  }

  private static String sha256(SortedMap<Symbol, List<Bar>> bars) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
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
}
