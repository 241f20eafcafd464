package io.mlassets.bench.damage;

import io.mlassets.feature.FeatureSchema;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Ways to damage what {@code manifest.json} says of features, each wrong by construction. */
final class SchemaDamage {
  private SchemaDamage() {}

  static byte[] inputs(Case of) {
    return of.withManifest(
        manifest -> {
          ArrayNode inputs = (ArrayNode) of.model(manifest).required("inputs");
          int at = of.below(inputs.size() - 1);
          switch (of.below(5)) {
            case 0 -> inputs.set(at, "nothing_such");
            case 1 -> inputs.set(at, inputs.get(at + 1).stringValue());
            case 2 -> {
              String first = inputs.get(at).stringValue();
              inputs.set(at, inputs.get(at + 1).stringValue());
              inputs.set(at + 1, first);
            }
            case 3 -> inputs.remove(at);
            default -> inputs.removeAll();
          }
        });
  }

  static byte[] preprocessing(Case of) {
    return of.withManifest(
        manifest -> {
          ArrayNode columns = (ArrayNode) manifest.required("preprocessing");
          int at = of.below(columns.size() - 1);
          ObjectNode column = (ObjectNode) columns.get(at);
          switch (of.below(5)) {
            case 0 -> column.put("name", columns.get(at + 1).required("name").stringValue());
            case 1 -> columns.remove(at);
            case 2 -> {
              JsonNode next = columns.get(at + 1);
              columns.set(at + 1, column);
              columns.set(at, next);
            }
            case 3 -> {
              boolean category = column.required("kind").stringValue().equals("category");
              ObjectNode other = SignedBundle.JSON.createObjectNode();
              if (category) {
                other.put("kind", "numeric").put("mean", 0.0).put("median", 0.0);
                other.set("name", column.required("name"));
                other.put("sd", 1.0);
              } else {
                other.put("kind", "category");
                other.set("codes", SignedBundle.JSON.createArrayNode().add(0).add(1));
                other.set("name", column.required("name"));
              }
              columns.set(at, other);
            }
            default -> {
              if (column.has("sd")) {
                column.put("sd", of.one(0.0, -1.0));
              } else {
                column.set("codes", SignedBundle.JSON.createArrayNode().add(3).add(1));
              }
            }
          }
        });
  }

  /** A whole bundle of another schema: nothing in it contradicts anything. */
  static byte[] otherSchema(Case of) {
    return of.withManifest(
        manifest -> {
          ArrayNode names = (ArrayNode) manifest.required("feature_names");
          String old =
              of.one(texts(names).filter(n -> !n.equals(FeatureSchema.PAIR_CLASS)).toList());
          String renamed = old + "_2";
          rename(names, old, renamed);
          manifest
              .required("models")
              .forEach(m -> rename((ArrayNode) m.required("inputs"), old, renamed));
          for (JsonNode column : manifest.required("preprocessing")) {
            if (column.required("name").stringValue().equals(old)) {
              ((ObjectNode) column).put("name", renamed);
            }
          }
          manifest.put("feature_schema_hash", FeatureSchema.of(texts(names).toList()).hash());
        });
  }

  private static Stream<String> texts(ArrayNode names) {
    return StreamSupport.stream(names.spliterator(), false).map(JsonNode::stringValue);
  }

  private static void rename(ArrayNode names, String old, String renamed) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).stringValue().equals(old)) {
        names.set(i, renamed);
      }
    }
  }

  /** Names that do not hash to what is said. */
  static byte[] schemaHash(Case of) {
    return of.withManifest(
        manifest -> {
          String hash = manifest.required("feature_schema_hash").stringValue();
          manifest.put(
              "feature_schema_hash", of.one(hash.substring(1), "", "5f".repeat(32), "x" + hash));
        });
  }
}
