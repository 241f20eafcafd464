package io.mlassets.trainer.reproduce;

import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleDraft;
import io.mlassets.model.BundleFile;
import io.mlassets.model.BundleKey;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.dataset.LoadTrainingSet;
import io.mlassets.trainer.dataset.LoadedData;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.pipeline.ProgressListener;
import io.mlassets.trainer.pipeline.TrainCandidate;
import io.mlassets.trainer.pipeline.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;

/** Trains a stored bundle again from what it was made of. Reads the database, writes nothing. */
public final class Reproduce {
  private final DataSource dataSource;
  private final ModelRegistry registry;
  private final KeptInputs kept;
  private final BundleKey key;

  /** Over one database. */
  public Reproduce(DataSource dataSource, ModelRegistry registry, KeptInputs kept, BundleKey key) {
    this.dataSource = dataSource;
    this.registry = registry;
    this.kept = kept;
    this.key = key;
  }

  /**
   * Makes it again.
   *
   * @param threads that share the work; the result must not depend on them
   * @throws UnknownBundleException if there is no such bundle, or nothing says what it was made of
   */
  public Reproduction run(ModelVersion version, int threads, ProgressListener progress)
      throws IOException {
    byte[] stored =
        registry
            .artifact(version)
            .orElseThrow(
                () -> new UnknownBundleException(version, "it is not in core.model_artifacts"));
    TrainingInputs inputs =
        kept.of(version)
            .orElseThrow(
                () ->
                    new UnknownBundleException(
                        version, "core.training_inputs does not say what it was made of"));
    ModelBundle bundle = BundleFile.read(stored, key);
    Path config = Files.createTempDirectory("reproduce-config");
    try (Workers workers = new Workers(threads)) {
      inputs.config().write(config);
      Policies policies = PolicyFiles.read(config);
      InstrumentCatalogue instruments =
          InstrumentCatalogue.read(config.resolve(ConfigFiles.INSTRUMENTS));
      progress.at("load", 1);
      LoadedData data =
          new LoadTrainingSet(dataSource, instruments, policies.core(), workers)
              .read(inputs.data());
      Candidate candidate =
          new TrainCandidate(
                  policies,
                  TrainingSpec.by(
                      policies.retrain(), inputs.seed(), inputs.trials(), inputs.engine()),
                  workers,
                  progress)
              .train(data.set());
      byte[] made =
          BundleFile.write(
              new BundleDraft(
                  version,
                  bundle.createdAt(),
                  candidate.manifest(),
                  candidate.trees(),
                  candidate.goldenRows()),
              key);
      boolean sameBars = data.barsSha256().equals(inputs.barsSha256());
      boolean sameFeatures = Objects.equals(data.featuresSha256(), inputs.featuresSha256());
      return Reproduction.compare(stored, made, sameBars, sameFeatures, key);
    } finally {
      for (String name : inputs.config().texts().keySet()) {
        Files.deleteIfExists(config.resolve(name));
      }
      Files.deleteIfExists(config);
    }
  }
}
