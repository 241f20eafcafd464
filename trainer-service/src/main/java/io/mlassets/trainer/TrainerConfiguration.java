package io.mlassets.trainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.channel.RetrainRequest;
import io.mlassets.model.BundleKey;
import io.mlassets.platform.DatabaseSettings;
import io.mlassets.platform.RedisSettings;
import io.mlassets.platform.ServiceSettings;
import io.mlassets.platform.database.Quarantine;
import io.mlassets.platform.observe.WatchedDuration;
import io.mlassets.platform.redis.RedisSubscription;
import io.mlassets.platform.registry.ModelRegistry;
import io.mlassets.policy.Policies;
import io.mlassets.trainer.reproduce.KeptInputs;
import io.mlassets.trainer.retune.RetuneSlots;
import io.mlassets.trainer.retune.RunRetuning;
import io.mlassets.trainer.run.AnnounceRun;
import io.mlassets.trainer.run.ChildSettings;
import io.mlassets.trainer.run.DefaultRequest;
import io.mlassets.trainer.run.OrphanedRuns;
import io.mlassets.trainer.run.RetrainRuns;
import io.mlassets.trainer.run.RetrainSchedule;
import io.mlassets.trainer.run.RunLogs;
import io.mlassets.trainer.run.RunTraining;
import io.mlassets.trainer.run.SettleRuns;
import io.mlassets.trainer.transfer.SftpSettings;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Puts the service together. */
@Configuration(proxyBeanMethods = false)
@Import(RunsConfiguration.class)
class TrainerConfiguration {

  @Bean
  RunLogs logs(Environment environment) {
    String set = environment.getProperty("log.dir");
    return set == null ? TrainLog.logs() : new RunLogs(Path.of(set));
  }

  @Bean
  WatchedDuration retrainDuration(MeterRegistry meters) {
    return new WatchedDuration(meters, "retrain_duration", "Duration of training runs");
  }

  @Bean
  RunTraining training(
      RetrainRuns runs,
      DataSource dataSource,
      DatabaseSettings database,
      RedisSettings redis,
      ServiceSettings service,
      RunLogs logs,
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
            logs.dir().toString());
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
      ModelRegistry registry,
      BundleKey key,
      RetrainRuns runs,
      JdbcClient jdbc,
      JsonMapper json,
      Policies policies) {
    return new DefaultRequest(registry, key, runs, new KeptInputs(jdbc, json), policies.retrain());
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
