package io.mlassets.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleKey;
import io.mlassets.platform.database.DatabaseConfiguration;
import io.mlassets.platform.registry.RegistryConfiguration;
import io.mlassets.platform.web.WebConfiguration;
import io.mlassets.policy.Policies;
import io.mlassets.policy.PolicyFiles;
import io.mlassets.signal.SignalKey;
import io.mlassets.signal.SignalSeal;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/** Brings the platform into every service's context, before Spring Boot's own choices. */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"
    })
@EnableConfigurationProperties({
  DatabaseSettings.class,
  RedisSettings.class,
  TokenSettings.class,
  ServiceSettings.class
})
@Import({DatabaseConfiguration.class, RegistryConfiguration.class, WebConfiguration.class})
public class PlatformAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  ServiceName serviceName(@Value("${spring.application.name}") String name) {
    return new ServiceName(name);
  }

  @Bean
  MarketClock marketClock(Clock clock, ServiceSettings settings) {
    return new MarketClock(clock, settings.clock().mode());
  }

  /** As they were at the start, for what cannot change while the service runs. */
  @Bean
  Policies policies(ServiceSettings settings) {
    return PolicyFiles.read(settings.config().path());
  }

  /** Looked after where somebody follows them. */
  @Bean(initMethod = "start", destroyMethod = "close")
  @Lazy
  PoliciesInForce policiesInForce(ServiceSettings settings, MeterRegistry meters) {
    return new PoliciesInForce(settings.config().path(), settings.config().checkEvery(), meters);
  }

  @Bean
  InstrumentCatalogue instruments(ServiceSettings settings) {
    return InstrumentCatalogue.read(settings.config().path().resolve("instruments.yaml"));
  }

  @Bean
  Channels channels(RedisSettings settings) {
    return new Channels(settings.prefix());
  }

  @Bean
  BundleKey bundleKey(@Value("${bundle.key}") String key) {
    return BundleKey.of(key);
  }

  /** Of the services that exchange documents with Expert Advisors; the others have no such key. */
  @Bean
  @Lazy
  SignalKey signalKey(@Value("${signal.key}") String key) {
    return SignalKey.of(key);
  }

  /** What signals and heartbeats are sealed with; nothing where there is no key. */
  @Bean
  @Lazy
  SignalSeal signalSeal(@Value("${signal.key:}") String key) {
    return SignalSeal.of(key);
  }
}
