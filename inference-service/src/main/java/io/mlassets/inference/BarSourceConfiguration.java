package io.mlassets.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlassets.channel.Channels;
import io.mlassets.platform.RedisSettings;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The source of bars that was chosen. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BarSettings.class)
class BarSourceConfiguration {

  /** Started and stopped by the loop that reads it. */
  @Bean(destroyMethod = "")
  BarSource barSource(
      BarSettings settings,
      RedisSettings redis,
      Channels channels,
      JsonMapper json,
      MeterRegistry meters,
      Clock clock) {
    return switch (settings.source()) {
      case REDIS -> new StreamBars(redis, channels);
      case SQLITE ->
          new SqliteBars(
              new SqliteFile(Path.of(settings.file())), settings.pollEvery(), json, meters, clock);
    };
  }
}
