package io.mlassets.trainer.run;

import io.mlassets.market.BarInterval;
import io.mlassets.market.Pair;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.BundleManifest;
import io.mlassets.model.InvalidBundleException;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.platform.registry.RegisteredModel;
import io.mlassets.policy.RetrainPolicy;
import io.mlassets.trainer.engine.EngineChoice;
import io.mlassets.trainer.reproduce.KeptInputs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills in what a request leaves open: pairs, interval and whose features of the model in force,
 * else of the newest successful run; all the time there is; seed and trials of the policy; both
 * engines.
 */
public final class DefaultRequest {
  private static final Logger log = LoggerFactory.getLogger(DefaultRequest.class);
  private static final String SCOPE = "all";
  private final ModelRegistry registry;
  private final BundleKey key;
  private final RetrainRuns runs;
  private final KeptInputs inputs;
  private final RetrainPolicy policy;

  /** Defaults from one registry and policy. */
  public DefaultRequest(
      ModelRegistry registry,
      BundleKey key,
      RetrainRuns runs,
      KeptInputs inputs,
      RetrainPolicy policy) {
    this.registry = registry;
    this.key = key;
    this.runs = runs;
    this.inputs = inputs;
    this.policy = policy;
  }

  private record Market(List<Pair> pairs, BarInterval interval, @Nullable String pipelineSchema) {}

  /** The complete request; {@link IllegalArgumentException} when nothing says which pairs. */
  public RunRequest complete(
      @Nullable List<Pair> pairs,
      @Nullable BarInterval interval,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Long seed,
      @Nullable Integer trials,
      @Nullable EngineChoice engine,
      @Nullable String featureSchema,
      @Nullable String reason) {
    List<Pair> ofRun = pairs;
    BarInterval length = interval;
    String schema = featureSchema;
    if (ofRun == null || length == null || schema == null) {
      Optional<Market> last = lastMarket();
      if (last.isEmpty() && (ofRun == null || length == null)) {
        throw new IllegalArgumentException(
            "pairs and interval are needed: no model is in force and no run has succeeded to take"
                + " them from");
      }
      ofRun = ofRun == null ? last.orElseThrow().pairs() : ofRun;
      length = length == null ? last.orElseThrow().interval() : length;
      schema = schema == null ? last.map(Market::pipelineSchema).orElse(null) : schema;
    }
    return new RunRequest(
        ofRun,
        length,
        from,
        to,
        seed == null ? policy.seed() : seed,
        trials == null ? policy.search().trials() : trials,
        engine == null ? EngineChoice.BOTH : engine,
        schema,
        reason);
  }

  /** What the model in force, or the newest run, was made for; for runs nobody gives details of. */
  public Optional<RunRequest> unattended(String reason) {
    return lastMarket()
        .map(
            market ->
                complete(
                    market.pairs(),
                    market.interval(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    market.pipelineSchema(),
                    reason));
  }

  private Optional<Market> lastMarket() {
    return ofModelInForce()
        .or(
            () ->
                runs.newestSuccessfulRequest()
                    .map(
                        request ->
                            new Market(
                                request.pairs(), request.interval(), request.featureSchema())));
  }

  private Optional<Market> ofModelInForce() {
    Optional<RegisteredModel> active = registry.active(SCOPE);
    try {
      return active.flatMap(
          model ->
              registry
                  .artifact(model.version())
                  .map(zip -> BundleFile.read(zip, key).manifest())
                  .map(
                      (BundleManifest manifest) ->
                          new Market(
                              manifest.pairs(),
                              manifest.interval(),
                              pipelineSchemaOf(model.version()))));
    } catch (InvalidBundleException e) {
      log.error("model {} in force says nothing of its pairs: {}", active, e.getMessage());
      return Optional.empty();
    }
  }

  /** Of a model nobody knows the inputs of, features are made here. */
  private @Nullable String pipelineSchemaOf(ModelVersion version) {
    return inputs.of(version).map(made -> made.data().pipelineSchema()).orElse(null);
  }
}
