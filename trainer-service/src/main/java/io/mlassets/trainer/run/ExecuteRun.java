package io.mlassets.trainer.run;

import io.mlassets.channel.Channels;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.ModelBundle;
import io.mlassets.model.ModelVersion;
import io.mlassets.policy.Policies;
import io.mlassets.policy.RetrainPolicy;
import io.mlassets.trainer.Workers;
import io.mlassets.trainer.dataset.LoadTrainingSet;
import io.mlassets.trainer.dataset.LoadedData;
import io.mlassets.trainer.dataset.TrainingSet;
import io.mlassets.trainer.pipeline.Candidate;
import io.mlassets.trainer.pipeline.ProgressListener;
import io.mlassets.trainer.pipeline.RiskRates;
import io.mlassets.trainer.pipeline.TrainCandidate;
import io.mlassets.trainer.pipeline.TrainingSpec;
import io.mlassets.trainer.reproduce.ConfigFiles;
import io.mlassets.trainer.reproduce.TrainingInputs;
import io.mlassets.trainer.search.TrialLogs;
import io.mlassets.trainer.store.RunMetrics;
import io.mlassets.trainer.store.StoreCandidate;
import io.mlassets.trainer.store.StoredTrials;
import io.mlassets.trainer.store.StudyLedger;
import io.mlassets.trainer.transfer.DeliverBundle;
import io.mlassets.trainer.transfer.Delivery;
import io.mlassets.trainer.verdict.AdoptionGate;
import io.mlassets.trainer.verdict.CompareWithChampion;
import io.mlassets.trainer.verdict.Evidence;
import io.mlassets.trainer.verdict.Remarks;
import io.mlassets.trainer.verdict.Verdict;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/** One run from bars to verdict, in the process that trains. */
public final class ExecuteRun {
  private static final Logger log = LoggerFactory.getLogger(ExecuteRun.class);
  private final Policies policies;
  private final ConfigFiles config;
  private final InstrumentCatalogue instruments;
  private final DataSource dataSource;
  private final CompareWithChampion champion;
  private final StoreCandidate store;
  private final RetrainRuns runs;
  private final @Nullable DeliverBundle server;
  private final JsonMapper json;
  private final TellBacktest backtest;

  /** With all it works on. */
  public ExecuteRun(
      Policies policies,
      ConfigFiles config,
      InstrumentCatalogue instruments,
      DataSource dataSource,
      CompareWithChampion champion,
      StoreCandidate store,
      RetrainRuns runs,
      @Nullable DeliverBundle server,
      StringRedisTemplate redis,
      Channels channels,
      JsonMapper json,
      Clock clock) {
    this.policies = policies;
    this.config = config;
    this.instruments = instruments;
    this.dataSource = dataSource;
    this.champion = champion;
    this.store = store;
    this.runs = runs;
    this.server = server;
    this.json = json;
    this.backtest = new TellBacktest(redis, channels, json, clock);
  }

  /**
   * Trains, judges and records: the run's row becomes {@code success} in the transaction that
   * stores the candidate.
   *
   * @throws IllegalStateException if the run is no longer running; nothing is stored then
   */
  public RunOutcome run(UUID id, RunRequest request, ProgressListener progress) {
    RetrainPolicy policy = policies.retrain();
    TrainingSpec spec = TrainingSpec.by(policy, request.seed(), request.trials(), request.engine());
    try (Workers workers = new Workers(Resources.trainingThreads())) {
      progress.at("load", 1);
      LoadedData data =
          new LoadTrainingSet(dataSource, instruments, policies.core(), workers)
              .load(request.data());
      TrainingSet set = data.set();
      log.info("{} candidate rows of {} pairs", set.rows(), set.pairs().size());
      if (data.leftOut() > 0) {
        log.warn("{} candidates left out: the data pipeline made no features", data.leftOut());
      }
      StudyLedger ledger = new StudyLedger(dataSource, TrainCandidate.SCOPE, data.window());
      TrialLogs trials = ledger.entering(new StoredTrials(dataSource, json));
      Candidate candidate =
          new TrainCandidate(policies, spec, workers, progress, trials).train(set);
      progress.at("verdict", 95);
      ledger.enterChoices(candidate);
      StoreCandidate.Prepared prepared = store.prepare(candidate);
      ModelBundle bundle = prepared.bundle();
      try (Delivery delivery = staged(prepared)) {
        Evidence evidence =
            new Evidence(
                candidate.backtest().metrics(),
                candidate.manifest().overfitting(),
                candidate.leaks(),
                ledger.earlierThan(candidate));
        Verdict verdict =
            new AdoptionGate(policy.adoption())
                .judge(
                    evidence,
                    champion.meet(set, candidate),
                    new Remarks(policies.core())
                        .of(candidate.thresholds(), candidate.backtest().metrics().noTradeRate()));
        RunOutcome outcome =
            new RunOutcome(
                bundle.version(),
                bundle.contentSha256(),
                verdict.wire(),
                verdict.reasons(),
                candidate.manifest().thresholds(),
                RunMetrics.of(
                    candidate.manifest(),
                    evidence.earlierTrials(),
                    verdict.checks(),
                    RiskRates.of(candidate)),
                Resources.ofThisProcess(),
                delivery.state());
        try {
          store.store(
              prepared,
              set,
              candidate,
              verdict,
              new TrainingInputs(
                  data.window(),
                  data.barsSha256(),
                  data.featuresSha256(),
                  request.seed(),
                  request.trials(),
                  request.engine(),
                  config),
              policy.retention(),
              () -> runs.succeed(id, outcome));
        } catch (RuntimeException | Error e) {
          if (!isStored(id, bundle.version(), delivery, e)) {
            throw e;
          }
          log.warn("run {} is stored although its commit's answer was lost", id, e);
        }
        // From here on nothing that fails takes an adopted bundle away.
        delivery.leave();
        log.info("model {} {}: {}", bundle.version(), verdict.wire(), verdict.reasons());
        backtest.of(bundle, candidate, evidence, verdict);
        delivery.decided(verdict instanceof Verdict.Adopted);
        record(id, delivery);
        return outcome.with(delivery.state());
      }
    }
  }

  private Delivery staged(StoreCandidate.Prepared prepared) {
    return Delivery.staged(
        server, prepared.bundle().version(), prepared.zip(), runs.ended().staged());
  }

  /** The answer to a commit may be lost; then the row tells whether there was one. */
  private boolean isStored(UUID id, ModelVersion version, Delivery delivery, Throwable failure) {
    try {
      return runs.ended().hasStored(id, version);
    } catch (DataAccessException e) {
      // Nobody can tell now: a trainer releases the bundle later, or the next staging removes it.
      delivery.leave();
      failure.addSuppressed(e);
      return false;
    }
  }

  /** A trainer that finds the row still staged delivers again. */
  private void record(UUID id, Delivery delivery) {
    try {
      runs.ended().delivered(id, delivery.state());
    } catch (DataAccessException e) {
      log.warn("run {}: its delivery is not recorded yet: {}", id, e.getMessage());
    }
  }
}
