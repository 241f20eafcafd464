package io.mlassets.bench.damage;

import io.mlassets.feature.FeatureSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Ways to damage {@code manifest.json} and {@code golden.json}, each wrong by construction. */
final class ManifestDamage {
  /** Within which any name may stand, or null may. */
  private static final Set<String> OPEN = Set.of("params", "backtest", "overfitting");

  /** What older bundles do not have. */
  private static final String OPTIONAL = "output_ranges";

  private static final int MEGABYTE = 1 << 20;

  private ManifestDamage() {}

  /** An object of the manifest with a field of it. */
  private record Field(ObjectNode owner, String name) {
    JsonNode value() {
      return owner.required(name);
    }
  }

  private static List<Field> fields(JsonNode node) {
    List<Field> found = new ArrayList<>();
    collect(node, found);
    return found;
  }

  private static void collect(JsonNode node, List<Field> found) {
    if (node instanceof ObjectNode object) {
      for (String name : object.propertyNames()) {
        // Written anew when it is hashed.
        if (!name.equals("files")) {
          found.add(new Field(object, name));
        }
        if (!name.equals("files") && !OPEN.contains(name)) {
          collect(object.required(name), found);
        }
      }
    } else {
      node.forEach(element -> collect(element, found));
    }
  }

  static byte[] fieldMissing(Case of) {
    return of.withManifest(
        manifest -> {
          Field field =
              of.one(fields(manifest).stream().filter(f -> !f.name().equals(OPTIONAL)).toList());
          field.owner().remove(field.name());
        });
  }

  static byte[] fieldNull(Case of) {
    return of.withManifest(
        manifest -> {
          Field field = of.one(fields(manifest));
          if (field.value() instanceof ArrayNode list && !list.isEmpty() && of.chance()) {
            list.setNull(of.below(list.size()));
          } else {
            field.owner().putNull(field.name());
          }
        });
  }

  static byte[] fieldUnknown(Case of) {
    return of.withManifest(
        manifest -> {
          ObjectNode owner = of.one(fields(manifest)).owner();
          owner.put("zz_" + of.below(1_000), 1);
        });
  }

  static byte[] fieldType(Case of) {
    return of.withManifest(
        manifest -> {
          Field field = of.one(fields(manifest));
          JsonNode other =
              field.value().isObject() || field.value().isArray()
                  ? SignedBundle.JSON.getNodeFactory().stringNode("x")
                  : SignedBundle.JSON.createArrayNode().add(1);
          field.owner().set(field.name(), other);
        });
  }

  static byte[] value(Case of) {
    return of.withManifest(
        manifest -> {
          switch (of.below(9)) {
            case 0 -> object(manifest, "thresholds").put("theta1", of.one(1.5, -0.1, 1e308));
            case 1 -> object(manifest, "thresholds").put("theta2", of.one("NaN", "Infinity", "x"));
            case 2 -> manifest.put("format", of.one(0, 2, -1));
            case 3 -> manifest.put("scope", of.one("", "All", "a/../b", "x".repeat(40)));
            case 4 -> manifest.put("interval", of.one("PT7M", "-PT1M", "", "1"));
            case 5 -> manifest.put("train_to", "1970-01-01T00:00:00Z");
            case 6 -> model(manifest, of).put("trials", -1);
            case 7 ->
                model(manifest, of)
                    .set(
                        "calibration",
                        SignedBundle.JSON
                            .createObjectNode()
                            .put("intercept", 0.0)
                            .put("kind", "platt")
                            .put("slope", of.one(-1.0, -1e308)));
            default ->
                model(manifest, of)
                    .set(
                        "calibration",
                        SignedBundle.JSON.readTree(
                            of.one(
                                "{\"kind\":\"isotonic\",\"knots\":[1.0,0.0],\"probabilities\":[0.1,0.2]}",
                                "{\"kind\":\"isotonic\",\"knots\":[0.0,1.0],\"probabilities\":[0.3,0.2]}",
                                "{\"kind\":\"isotonic\",\"knots\":[0.0],\"probabilities\":[1.5]}",
                                "{\"kind\":\"isotonic\",\"knots\":[],\"probabilities\":[]}",
                                "{\"kind\":\"oracle\"}")));
          }
        });
  }

  static byte[] pairs(Case of) {
    return of.withManifest(
        manifest -> {
          ArrayNode pairs = (ArrayNode) manifest.required("pairs");
          switch (of.below(4)) {
            case 0 -> pairs.removeAll();
            case 1 -> pairs.insert(0, pairs.get(0));
            case 2 -> pairs.add(of.one("ZZTOP-ZZNADA", "TTT-UUU"));
            default -> pairs.set(0, of.one("SIM01A", "SIM01A-SIM01A", "", "a-b-c"));
          }
        });
  }

  static byte[] scope(Case of) {
    return of.withManifest(manifest -> manifest.put("scope", of.one("other", "al", "all-2")));
  }

  static byte[] inputs(Case of) {
    return of.withManifest(
        manifest -> {
          ArrayNode inputs = (ArrayNode) model(manifest, of).required("inputs");
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

  /** Ranges no outputs can have had. */
  static byte[] outputRanges(Case of) {
    return of.withManifest(
        manifest -> {
          ObjectNode ranges = object(manifest, OPTIONAL);
          ObjectNode range = object(object(ranges, "models"), of.one("AI1", "AI2", "AI3"));
          switch (of.below(6)) {
            case 0 -> range.put("low", range.required("high").doubleValue() + of.one(1e-9, 2.0));
            case 1 -> range.put("min", of.one(-0.1, -1e308));
            case 2 -> range.put("max", of.one(1.0000001, 1e308));
            case 3 -> range.put(of.one("min", "low", "high", "max"), of.one("NaN", "Infinity"));
            case 4 -> range.put("rank", of.one(0, -1, range.required("blocks").intValue() + 1));
            default -> ranges.put("block_bars", of.one(0, -24));
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

  /** Another engine, objective or file than the trees are. */
  static byte[] entry(Case of) {
    return of.withManifest(
        manifest -> {
          ObjectNode model = model(manifest, of);
          boolean lightGbm = model.required("engine").stringValue().equals("lightgbm");
          boolean binary = model.required("objective").stringValue().equals("binary");
          switch (of.below(4)) {
            case 0 -> model.put("engine", lightGbm ? "xgboost" : "lightgbm");
            case 1 -> model.put("objective", binary ? "regression" : "binary");
            case 2 -> model.put("file", of.one("golden.json", "ai9.txt", "../ai1.txt", ""));
            default -> model.put("engine", of.one("catboost", "", "LIGHTGBM"));
          }
        });
  }

  /** Models of a regression where one of a probability belongs. */
  static byte[] modelsSwapped(Case of) {
    List<String> names = of.models();
    String first = names.get(of.below(2));
    String last = names.getLast();
    return of.resealed(
        of.sound().with(first, of.sound().text(last)).with(last, of.sound().text(first)));
  }

  /** The same content in another form. */
  static byte[] form(Case of) {
    String manifest = of.sound().hashed().text(SignedBundle.MANIFEST);
    String changed =
        switch (of.below(4)) {
          case 0 -> manifest.replaceAll("\\n *", "");
          case 1 -> manifest + of.one(" ", "\n", "{}", "x");
          case 2 -> manifest.replaceFirst("\"format\" : 1,", "$0 $0");
          default -> " " + manifest;
        };
    return of.signed(of.sound().hashed().with(SignedBundle.MANIFEST, changed));
  }

  /** Objects within objects without end, and lists that are as large as is allowed and larger. */
  static byte[] huge(Case of) {
    String deep = "[".repeat(MEGABYTE);
    return switch (of.below(5)) {
      case 0 -> of.signed(of.sound().with(SignedBundle.MANIFEST, deep));
      case 1 -> of.resealed(of.sound().with(SignedBundle.GOLDEN, "{\"rows\":" + deep));
      case 2 ->
          of.signed(
              of.sound()
                  .hashed()
                  .changed(
                      SignedBundle.MANIFEST,
                      text ->
                          text.replaceFirst(
                              "\"inputs\" : \\[",
                              "$0" + "\"a\",".repeat(of.one(900, 2_000) * 1_000))));
      case 3 ->
          of.resealed(
              of.sound()
                  .with(
                      SignedBundle.GOLDEN,
                      "{\"rows\":[{\"features\":[" + "null,".repeat(700_000) + "0.0]}]}"));
      default ->
          of.resealed(of.sound().with(SignedBundle.GOLDEN, "{\"rows\":[" + "{},".repeat(MEGABYTE)));
    };
  }

  /** Another score than the trees give, if only by its last bit. */
  static byte[] goldenValue(Case of) {
    return of.withGolden(
        golden -> {
          ObjectNode row = (ObjectNode) of.one(rows(golden));
          ArrayNode scores = (ArrayNode) row.required(of.one("raw", "outputs"));
          int at = of.below(scores.size());
          double score = scores.get(at).doubleValue();
          scores.set(at, of.one(Math.nextUp(score), Math.nextDown(score), score + 1, -1e300));
        });
  }

  static byte[] goldenShape(Case of) {
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

  private static ObjectNode object(ObjectNode owner, String name) {
    return (ObjectNode) owner.required(name);
  }

  private static ObjectNode model(ObjectNode manifest, Case of) {
    return object(object(manifest, "models"), of.one("AI1", "AI2", "AI3"));
  }
}
