package io.mlassets.trainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleKey;
import io.mlassets.platform.notify.SlackWebhook;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.policy.Policies;
import io.mlassets.trainer.retune.AnnounceRetuning;
import io.mlassets.trainer.retune.RetuneThresholds;
import io.mlassets.trainer.retune.RunRetuning;
import io.mlassets.trainer.retune.ThetaRuns;
import io.mlassets.trainer.run.AnnounceRun;
import io.mlassets.trainer.run.OrphanedRuns;
import io.mlassets.trainer.run.RetrainRuns;
import io.mlassets.trainer.run.RunLogs;
import io.mlassets.trainer.run.SettleRuns;
import io.mlassets.trainer.transfer.DeliverBundle;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What the service and a training process of its own need alike. */
@Configuration(proxyBeanMethods = false)
class RunsConfiguration {

  @Bean
  RetrainRuns runs(JdbcClient jdbc, JsonMapper json, Clock clock, RunLogs logs) {
    return new RetrainRuns(jdbc, json, clock, logs);
  }

  @Bean
  AnnounceRun announce(Environment environment, Policies policies, RetrainRuns runs) {
    return new AnnounceRun(
        SlackWebhook.of(environment).orElse(null), policies.retrain().notificationChannel(), runs);
  }

  @Bean
  OrphanedRuns orphans(
      RetrainRuns runs,
      DataSource dataSource,
      Policies policies,
      AnnounceRun announce,
      Environment environment) {
    return new OrphanedRuns(
        runs, dataSource, policies.retrain(), announce, OrphanedRuns.settled(environment));
  }

  @Bean
  SettleRuns settle(
      RetrainRuns runs,
      DataSource dataSource,
      Environment environment,
      AnnounceRun announce,
      Clock clock) {
    return new SettleRuns(runs, dataSource, DeliverBundle.of(environment), announce, clock);
  }

  @Bean
  ThetaRuns thetaRuns(JdbcClient jdbc, JsonMapper json, Clock clock) {
    return new ThetaRuns(jdbc, json, clock);
  }

  @Bean
  RunRetuning retuning(
      ModelRegistry registry,
      BundleKey key,
      Policies policies,
      InstrumentCatalogue instruments,
      DataSource dataSource,
      ThetaRuns runs,
      JsonMapper json,
      Environment environment,
      MeterRegistry meters) {
    return new RunRetuning(
        new RetuneThresholds(registry, key, policies, instruments, dataSource, runs, json),
        runs,
        dataSource,
        new AnnounceRetuning(
            SlackWebhook.of(environment).orElse(null), policies.retrain().notificationChannel()),
        meters);
  }
}
