package io.mlassets.trainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.channel.RetrainRequest;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleKey;
import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.ServiceSettings;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.platform.notify.SlackWebhook;
import io.mlassets.platform.observe.WatchedDuration;
import io.mlassets.platform.redis.RedisSubscription;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.policy.Policies;
import io.mlassets.trainer.retune.AnnounceRetuning;
import io.mlassets.trainer.retune.RetuneSlots;
import io.mlassets.trainer.retune.RetuneThresholds;
import io.mlassets.trainer.retune.RunRetuning;
import io.mlassets.trainer.retune.ThetaRuns;
import io.mlassets.trainer.run.AnnounceRun;
import io.mlassets.trainer.run.ChildSettings;
import io.mlassets.trainer.run.DefaultRequest;
import io.mlassets.trainer.run.OrphanedRuns;
import io.mlassets.trainer.run.RetrainRuns;
import io.mlassets.trainer.run.RetrainSchedule;
import io.mlassets.trainer.run.RunLogs;
import io.mlassets.trainer.run.RunTraining;
import io.mlassets.trainer.run.SettleRuns;
import io.mlassets.trainer.transfer.DeliverBundle;
import io.mlassets.trainer.transfer.SftpSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Puts the service together. */
@Configuration(proxyBeanMethods = false)
class TrainerConfiguration {

  @Bean
  RetrainRuns runs(JdbcClient jdbc, JsonMapper json, Clock clock, Environment environment) {
    return new RetrainRuns(jdbc, json, clock, logs(environment));
  }

  private static RunLogs logs(Environment environment) {
    String set = environment.getProperty("log.dir");
    return set == null ? TrainLog.logs() : new RunLogs(Path.of(set));
  }

  @Bean
  WatchedDuration retrainDuration(MeterRegistry meters) {
    return new WatchedDuration(meters, "retrain_duration", "Duration of training runs");
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
  RunTraining training(
      RetrainRuns runs,
      DataSource dataSource,
      DatabaseSettings database,
      RedisSettings redis,
      ServiceSettings service,
      Environment environment,
      Policies policies,
      WatchedDuration duration,
      AnnounceRun announce,
      OrphanedRuns orphans,
      SettleRuns settle,
      JsonMapper json) {
    ChildSettings settings =
        ChildSettings.of(
            database,
            redis,
            service,
            environment.getRequiredProperty("bundle.key"),
            SftpSettings.variables(environment),
            logs(environment).dir().toString());
    return new RunTraining(
        runs,
        dataSource,
        settings,
        environment.getProperty("training.heap", "1500m"),
        policies.retrain(),
        duration,
        announce,
        orphans,
        settle,
        json);
  }

  @Bean
  DefaultRequest defaults(
      ModelRegistry registry, BundleKey key, RetrainRuns runs, Policies policies) {
    return new DefaultRequest(registry, key, runs, policies.retrain());
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
        outcome -> meters.counter("retunes_total", "outcome", outcome).increment());
  }

  @Bean
  RetrainSchedule schedule(
      RunTraining training,
      DefaultRequest defaults,
      DataSource dataSource,
      Policies policies,
      RunRetuning retuning,
      Environment environment) {
    return new RetrainSchedule(
        training,
        defaults,
        dataSource,
        policies.retrain(),
        RetuneSlots.of(policies.retrain().thetaCron(), retuning),
        environment.getProperty("training.poll", Duration.class, Duration.ofSeconds(10)));
  }

  @Bean
  RedisSubscription retrainRequests(
      RedisSettings redis,
      Channels channels,
      JsonMapper json,
      RetrainSchedule schedule,
      Quarantine quarantine) {
    return new RedisSubscription(
        redis,
        (channel, text) -> {
          RetrainRequest request;
          try {
            request = json.readValue(text, RetrainRequest.class);
          } catch (JacksonException e) {
            quarantine.refuse(channel, e.getOriginalMessage(), text);
            return;
          }
          schedule.requested(request);
        },
        channels.retrainRequests());
  }

  @Bean
  ApplicationRunner startWork(RetrainSchedule schedule, RedisSubscription requests) {
    return arguments -> {
      schedule.start();
      requests.start();
    };
  }
}
