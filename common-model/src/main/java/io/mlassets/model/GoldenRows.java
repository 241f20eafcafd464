package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * {@code golden.json}.
 *
 * @param rows rows and the exact outputs they must give, at least one
 */
record GoldenRows(@JsonProperty("rows") List<GoldenRow> rows) {

  GoldenRows {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("no golden rows");
    }
  }
}
