package io.mlassets.bench.damage;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Ways to damage {@code golden.json}, each wrong by construction. */
final class GoldenDamage {
  private GoldenDamage() {}

  /** Another score than the trees give, if only by its last bit. */
  static byte[] value(Case of) {
    return of.withGolden(
        golden -> {
          ObjectNode row = (ObjectNode) of.one(rows(golden));
          ArrayNode scores = (ArrayNode) row.required(of.one("raw", "outputs"));
          int at = of.below(scores.size());
          double score = scores.get(at).doubleValue();
          scores.set(at, of.one(Math.nextUp(score), Math.nextDown(score), score + 1, -1e300));
        });
  }

  static byte[] shape(Case of) {
    return of.withGolden(
        golden -> {
          ObjectNode row = (ObjectNode) of.one(rows(golden));
          ArrayNode features = (ArrayNode) row.required("features");
          switch (of.below(7)) {
            case 0 -> features.add(0.5);
            case 1 -> features.remove(of.below(features.size()));
            case 2 -> row.putNull(of.one("features", "raw", "outputs"));
            case 3 -> row.remove(of.one("features", "raw", "outputs"));
            case 4 -> ((ArrayNode) golden.required("rows")).removeAll();
            case 5 -> ((ArrayNode) golden.required("rows")).addNull();
            default -> ((ArrayNode) row.required("raw")).add(0.5);
          }
        });
  }

  private static List<JsonNode> rows(ObjectNode golden) {
    return StreamSupport.stream(golden.required("rows").spliterator(), false).toList();
  }
}
