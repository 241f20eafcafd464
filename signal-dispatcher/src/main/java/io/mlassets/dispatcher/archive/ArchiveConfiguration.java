package io.mlassets.dispatcher.archive;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.archive.ArchivePlace;
import io.mlassets.dispatcher.alert.Alerts;
import io.mlassets.platform.ServiceSettings;
import io.mlassets.policy.Policies;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The archive within the dispatcher. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArchiveSettings.class)
class ArchiveConfiguration {

  @Bean
  ArchivePlace archivePlace(ArchiveSettings settings, Policies policies) {
    return settings.place(policies.signals());
  }

  @Bean
  ArchiveStore archiveStore(ArchiveSettings settings, ArchivePlace place, Environment environment) {
    return settings.open(place, environment);
  }

  @Bean
  SignalArchive signalArchive(
      DataSource dataSource,
      ArchiveStore store,
      ArchivePlace place,
      Policies policies,
      ServiceSettings settings,
      Clock clock) {
    return new SignalArchive(
        dataSource,
        store,
        place.name(),
        policies.signals().archive(),
        settings.var().path().resolve("archive-work"),
        clock);
  }

  @Bean
  ArchiveWatch archiveWatch(
      SignalArchive archive, Alerts alerts, MeterRegistry meters, Clock clock) {
    return new ArchiveWatch(archive, alerts, meters, clock);
  }

  @Bean
  ArchiveSchedule archiveSchedule(
      ArchiveWatch watch,
      DataSource dataSource,
      Policies policies,
      ArchiveSettings settings,
      Clock clock) {
    return new ArchiveSchedule(
        watch, dataSource, policies.signals().archive().cron(), settings, clock);
  }
}
