package io.mlassets.inference.replay;

import io.mlassets.market.InstrumentCatalogue;
import io.mlassets.model.BundleKey;
import io.mlassets.signal.SignalKey;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Replays beside the live decisions, for analysts. */
@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {

  @Bean
  ReplayDecision replayDecision(
      JdbcClient jdbc,
      InstrumentCatalogue instruments,
      BundleKey key,
      JsonMapper json,
      Environment environment) {
    return new ReplayDecision(jdbc, instruments, key, signalKey(environment), json);
  }

  static Optional<SignalKey> signalKey(Environment environment) {
    return Optional.ofNullable(environment.getProperty("signal.key"))
        .filter(key -> !key.isBlank())
        .map(SignalKey::of);
  }
}
