package io.mlassets.platform.registry;

import io.mlassets.channel.Channels;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Makes the registry component. */
@Configuration(proxyBeanMethods = false)
public class RegistryConfiguration {

  @Bean
  ModelRegistry modelRegistry(
      JdbcClient jdbc,
      TransactionOperations transactions,
      StringRedisTemplate redis,
      Channels channels,
      JsonMapper json,
      Clock clock) {
    return new ModelRegistry(
        jdbc, transactions, new ModelAnnouncer(redis, channels, json, clock), clock);
  }

  @Bean
  KeptPolicies keptPolicies(JdbcClient jdbc) {
    return new KeptPolicies(jdbc);
  }
}
