package io.mlassets.bench.damage;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Ways to damage {@code manifest.json}, each wrong by construction. */
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
            case 6 -> of.model(manifest).put("trials", -1);
            case 7 ->
                of.model(manifest)
                    .set(
                        "calibration",
                        SignedBundle.JSON
                            .createObjectNode()
                            .put("intercept", 0.0)
                            .put("kind", "platt")
                            .put("slope", of.one(-1.0, -1e308)));
            default ->
                of.model(manifest)
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

  /** Another engine, objective or file than the trees are. */
  static byte[] entry(Case of) {
    return of.withManifest(
        manifest -> {
          ObjectNode model = of.model(manifest);
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

  private static ObjectNode object(ObjectNode owner, String name) {
    return (ObjectNode) owner.required(name);
  }
}
