package io.mlassets.trainer.dataset;

import io.mlassets.feature.FeatureSchema;
import io.mlassets.feature.FeatureVector;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.platform.registry.PipelineSchemas;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The vectors of one schema that the data pipeline put into {@code core.features}. They are only
 * read: what they should be nobody here can say.
 */
final class PipelineFeatures {
  private final JdbcTemplate jdbc;
  private final FeatureSchema schema;

  private PipelineFeatures(JdbcTemplate jdbc, FeatureSchema schema) {
    this.jdbc = jdbc;
    this.schema = schema;
  }

  /**
   * Those of a schema.
   *
   * @throws DatasetException if it is not registered as the data pipeline's, or not under its hash
   */
  static PipelineFeatures of(JdbcTemplate jdbc, String hash) {
    try {
      return new PipelineFeatures(jdbc, PipelineSchemas.in(jdbc).of(hash));
    } catch (IllegalArgumentException e) {
      throw new DatasetException(String.valueOf(e.getMessage()));
    }
  }

  /** Names and order of the values. */
  FeatureSchema schema() {
    return schema;
  }

  /**
   * A pair's samples with these vectors in the place of those made of its bars; a sample without
   * one is left out.
   *
   * @throws DatasetException naming pair, bar and feature of a vector nobody can train on
   */
  PairSamples instead(PairSamples made, BarInterval interval) {
    if (made.samples().isEmpty()) {
      return made;
    }
    Map<Instant, FeatureVector> vectors = vectors(made, interval);
    List<Sample> samples = new ArrayList<>();
    for (Sample sample : made.samples()) {
      FeatureVector features = vectors.get(sample.label().ts());
      if (features != null) {
        samples.add(new Sample(sample.view().with(features), sample.label()));
      }
    }
    return new PairSamples(made.pair(), made.a(), made.b(), made.bars(), samples);
  }

  private Map<Instant, FeatureVector> vectors(PairSamples made, BarInterval interval) {
    Pair pair = made.pair();
    Map<Instant, FeatureVector> vectors = new HashMap<>();
    jdbc.query(
        """
        select extract(epoch from ts)::bigint, feature_values from core.features
        where pair = ? and interval = ? and schema_hash = ? and ts between ? and ?
        """,
        row -> {
          Instant ts = Instant.ofEpochSecond(row.getLong(1));
          vectors.put(ts, vector(pair, ts, (Double[]) row.getArray(2).getArray()));
        },
        pair.id(),
        interval.iso(),
        schema.hash(),
        made.samples().getFirst().label().ts().atOffset(ZoneOffset.UTC),
        made.samples().getLast().label().ts().atOffset(ZoneOffset.UTC));
    return vectors;
  }

  private FeatureVector vector(Pair pair, Instant ts, Double[] stored) {
    double[] values =
        Arrays.stream(stored).mapToDouble(value -> value == null ? Double.NaN : value).toArray();
    try {
      return FeatureVector.of(schema, pair, ts, values);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(
          "core.features, schema %s: %s".formatted(schema.hash(), e.getMessage()));
    }
  }
}
