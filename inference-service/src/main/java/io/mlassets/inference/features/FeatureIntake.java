package io.mlassets.inference.features;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.market.BarInterval;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.market.Pair;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.platform.registry.PipelineSchemas;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets good vectors in, once each. One heard before is ignored; one that is damaged, of an unknown
 * pair or schema, or different from what was heard before is quarantined. For the source's thread.
 */
final class FeatureIntake {
  private final JsonMapper json;
  private final InstrumentCatalogue instruments;
  private final PipelineSchemas registered;
  private final Quarantine quarantine;
  private final MeterRegistry meters;
  private final HeardVectors heard;
  private final String source;
  private final Map<String, FeatureSchema> schemas = new HashMap<>();

  /** A vector of nobody knows what. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    RefusedException(String reason, String message) {
      super(message);
      this.reason = reason;
    }
  }

  FeatureIntake(
      JsonMapper json,
      InstrumentCatalogue instruments,
      PipelineSchemas registered,
      Quarantine quarantine,
      MeterRegistry meters,
      HeardVectors heard,
      String source) {
    this.json = json;
    this.instruments = instruments;
    this.registered = registered;
    this.quarantine = quarantine;
    this.meters = meters;
    this.heard = heard;
    this.source = source;
  }

  /** Takes an entry in, whatever it is. */
  void take(FeatureEntry entry) {
    try {
      JsonNode document = json.readTree(entry.json());
      if (document == null || !document.isObject()) {
        throw new RefusedException("malformed", "not a vector: no document");
      }
      VectorKey key = key(document);
      FeatureVector vector =
          FeatureVector.of(key.schema(), key.pair(), ts(document), values(document));
      switch (heard.add(key, vector)) {
        case NEW -> meters.counter("features_total").increment();
        case DUPLICATE -> ignore("duplicate");
        case LATE -> ignore("late");
        case CONFLICT ->
            throw new RefusedException(
                "conflict",
                "vector %s %s differs from the one heard before"
                    .formatted(vector.pair(), vector.ts()));
      }
    } catch (JacksonException e) {
      refuse("malformed", "not a vector: " + e.getOriginalMessage(), entry);
    } catch (RefusedException e) {
      refuse(e.reason, String.valueOf(e.getMessage()), entry);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      refuse("invalid", String.valueOf(e.getMessage()), entry);
    }
  }

  private VectorKey key(JsonNode document) {
    Pair pair = Pair.parse(text(document, "pair"));
    if (!pair.legs().stream().allMatch(instruments::knows)) {
      throw new RefusedException(
          "unknown_pair", "pair %s has legs that are not in instruments.yaml".formatted(pair));
    }
    BarInterval interval = BarInterval.parse(text(document, "interval"));
    return new VectorKey(pair, interval, schema(text(document, "schema_hash")));
  }

  private FeatureSchema schema(String hash) {
    @Nullable FeatureSchema known = schemas.get(hash);
    if (known == null) {
      try {
        known = registered.of(hash);
      } catch (IllegalArgumentException e) {
        throw new RefusedException("schema", String.valueOf(e.getMessage()));
      }
      schemas.put(hash, known);
    }
    return known;
  }

  private static Instant ts(JsonNode document) {
    return Instant.parse(text(document, "ts"));
  }

  private static String text(JsonNode document, String key) {
    JsonNode value = document.get(key);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException("vector without " + key);
    }
    return value.asString();
  }

  /** An array, or its text as the column of a SQLite table holds it. */
  private double[] values(JsonNode document) {
    JsonNode given = document.get("feature_values");
    JsonNode list = given != null && given.isString() ? json.readTree(given.asString()) : given;
    if (list == null || !list.isArray()) {
      throw new IllegalArgumentException("vector without feature_values");
    }
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = list.get(i);
      if (!value.isNull() && !value.isNumber()) {
        throw new IllegalArgumentException("value %d is %s, no number".formatted(i, value));
      }
      values[i] = value.isNull() ? Double.NaN : value.doubleValue();
    }
    return values;
  }

  private void ignore(String why) {
    meters.counter("features_ignored_total", "reason", why).increment();
  }

  private void refuse(String reason, String message, FeatureEntry entry) {
    meters.counter("features_refused_total", "reason", reason).increment();
    quarantine.refuseOnce(
        source, message + " (entry " + entry.id() + ")", entry.json(), entry.id());
  }
}
