package io.mlassets.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.mlassets.backtest.BacktestMetrics;
import io.mlassets.backtest.Overfitting;
import io.mlassets.decision.Thresholds;
import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What training determined, {@code manifest.json} of a bundle: the same data, seed and versions
 * give the same bytes. Version, time and signature are in the {@link BundleEnvelope}.
 *
 * @param format version of this form, {@value #FORMAT}
 * @param scope model scope, {@code all} by default
 * @param pairs pairs the models were trained on and decide for, sorted
 * @param interval length of the bars
 * @param seed seed of the run
 * @param trainFrom start of the first bar trained on, UTC
 * @param trainTo start of the last bar trained on, UTC
 * @param featureNames names of the feature schema, in order
 * @param featureSchemaHash hash of the feature schema
 * @param labelSpec hash of the policy values the labels were made with
 * @param policyHash hash of the policies in force at training
 * @param preprocessing fitted preprocessing, the same for the three models
 * @param models the three models
 * @param thresholds θ1 and θ2 found
 * @param thresholdTrials threshold pairs tried
 * @param backtest out-of-fold backtest of the thresholds, after costs
 * @param overfitting how much of it may be luck
 * @param outputRanges where the models' outputs lay in validation; null in bundles from before it
 *     was measured
 * @param files SHA-256 of every other content file by name; filled in by {@link BundleFile}
 */
public record BundleManifest(
    @JsonProperty("format") int format,
    @JsonProperty("scope") String scope,
    @JsonProperty("pairs") List<Pair> pairs,
    @JsonProperty("interval") BarInterval interval,
    @JsonProperty("seed") long seed,
    @JsonProperty("train_from") Instant trainFrom,
    @JsonProperty("train_to") Instant trainTo,
    @JsonProperty("feature_names") List<String> featureNames,
    @JsonProperty("feature_schema_hash") String featureSchemaHash,
    @JsonProperty("label_spec") String labelSpec,
    @JsonProperty("policy_hash") String policyHash,
    @JsonProperty("preprocessing") Preprocessing preprocessing,
    @JsonProperty("models") SortedMap<ModelType, ModelEntry> models,
    @JsonProperty("thresholds") Thresholds thresholds,
    @JsonProperty("threshold_trials") int thresholdTrials,
    @JsonProperty("backtest") BacktestMetrics backtest,
    @JsonProperty("overfitting") Overfitting overfitting,
    @JsonProperty("output_ranges") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable OutputRanges outputRanges,
    @JsonProperty("files") SortedMap<String, String> files) {
  /** The form written and read. */
  public static final int FORMAT = 1;

  /** Copies; refuses what breaks an invariant with {@link IllegalArgumentException}. */
  public BundleManifest {
    require(format == FORMAT, "format %s is not %s".formatted(format, FORMAT));
    require(scope.matches("[a-z0-9_-]{1,32}"), "scope '%s' is not a short name".formatted(scope));
    require(!pairs.isEmpty(), "pairs are empty");
    require(Set.copyOf(pairs).size() == pairs.size(), "pairs %s repeat one".formatted(pairs));
    require(!trainTo.isBefore(trainFrom), "train_to %s < %s".formatted(trainTo, trainFrom));
    require(
        models.keySet().size() == ModelType.values().length,
        "models %s".formatted(models.keySet()));
    models.forEach(BundleManifest::requireFile);
    List<String> prepared = preprocessing.columns().stream().map(PreparedColumn::name).toList();
    require(
        prepared.equals(featureNames),
        "preprocessing is of %s, features are %s".formatted(prepared, featureNames));
    pairs = pairs.stream().sorted().toList();
    featureNames = List.copyOf(featureNames);
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  private static void requireFile(ModelType type, ModelEntry model) {
    String due = ModelEntry.fileOf(type, model.engine());
    require(
        model.file().equals(due), "file of %s is '%s', not %s".formatted(type, model.file(), due));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("manifest: " + message);
    }
  }

  /** The entry of {@code type}. */
  public ModelEntry model(ModelType type) {
    ModelEntry entry = models.get(type);
    if (entry == null) {
      throw new IllegalStateException("the constructor lets no manifest pass without " + type);
    }
    return entry;
  }

  /** Names of the content files beside the manifest. */
  Set<String> fileNames() {
    Set<String> names = new TreeSet<>(Set.of(BundleFile.GOLDEN));
    models.values().forEach(model -> names.add(model.file()));
    return names;
  }

  BundleManifest withFiles(SortedMap<String, String> hashes) {
    return new BundleManifest(
        format,
        scope,
        pairs,
        interval,
        seed,
        trainFrom,
        trainTo,
        featureNames,
        featureSchemaHash,
        labelSpec,
        policyHash,
        preprocessing,
        models,
        thresholds,
        thresholdTrials,
        backtest,
        overfitting,
        outputRanges,
        hashes);
  }
}
