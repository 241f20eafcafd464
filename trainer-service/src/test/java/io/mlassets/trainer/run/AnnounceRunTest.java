package io.mlassets.trainer.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/** The webhook's address is a secret. */
class AnnounceRunTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.slack.example/services/T0/B0/sec ret",
        "https:///services/secret",
        "httpsx://hooks.slack.example/secret",
        "hooks.slack.example/secret"
      })
  void a_malformed_address_is_refused_without_being_told(String address) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of("slack.webhook.url", address)));
    DataSource nowhere = new DriverManagerDataSource();
    RetrainRuns runs =
        new RetrainRuns(
            JdbcClient.create(nowhere),
            JsonMapper.builder().build(),
            Clock.systemUTC(),
            new RunLogs(Path.of("log")));
    assertThatThrownBy(() -> AnnounceRun.of(environment, "#runs", runs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SLACK_WEBHOOK_URL: not an http or https address")
        .hasNoCause();
  }
}
