package io.mlassets.suite.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.suite.server.ServiceName;
import io.mlassets.suite.server.SuiteSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("C-03")
class SuiteEnvironmentTest {
  private static final Map<String, String> COMPLETE =
      Map.of(
          "DATABASE_URL", "jdbc:postgresql://db:5432/ml",
          "DATABASE_USER", "owner",
          "DATABASE_PASSWORD", "secret",
          "REDIS_URL", "redis://cache:6380",
          "OPERATOR_TOKEN", "operator-operator",
          "ANALYST_TOKEN", "analyst-analyst-",
          "BUNDLE_KEY", "key");

  @TempDir Path folder;

  @Test
  void everything_missing_is_named_at_once() {
    assertThatThrownBy(() -> read(Map.of("DATABASE_URL", "jdbc:postgresql://db/ml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not set in the environment: DATABASE_USER, DATABASE_PASSWORD, REDIS_URL (or REDIS_HOST"
                + " and REDIS_PORT), OPERATOR_TOKEN, ANALYST_TOKEN, BUNDLE_KEY");
  }

  @Test
  void each_service_gets_its_own_role_and_never_the_owner() {
    SuiteSettings settings = read(COMPLETE);

    assertThat(settings.environment(ServiceName.TRAINER))
        .containsEntry("DATABASE_USER", "mlassets_trainer")
        .containsEntry("REDIS_URL", "redis://cache:6380")
        .doesNotContainValue("secret");
    assertThat(settings.databaseUser()).isEqualTo("owner");
  }

  @Test
  @Tag("S-01")
  void the_dispatcher_alone_gets_the_key_of_signals_and_none_where_there_is_none() {
    Map<String, String> env = new HashMap<>(COMPLETE);
    env.put("SIGNAL_KEY", "0123456789abcdef");
    SuiteSettings settings = read(env);

    assertThat(settings.environment(ServiceName.DISPATCHER))
        .containsEntry("SIGNAL_KEY", "0123456789abcdef");
    assertThat(settings.environment(ServiceName.INFERENCE)).doesNotContainKey("SIGNAL_KEY");
    assertThat(read(COMPLETE).environment(ServiceName.DISPATCHER)).doesNotContainKey("SIGNAL_KEY");
  }

  @Test
  void the_services_password_is_made_once_and_kept() {
    String first = read(COMPLETE).servicePassword();

    assertThat(first).hasSize(64);
    assertThat(read(COMPLETE).servicePassword()).isEqualTo(first);
  }

  @Test
  void the_url_form_carries_user_and_password() {
    Map<String, String> env = new HashMap<>(COMPLETE);
    env.put("DATABASE_URL", "postgresql://o%40wner:p+w%3Ad@db:5433/ml?sslmode=require");
    env.remove("DATABASE_USER");
    env.remove("DATABASE_PASSWORD");

    SuiteSettings settings = read(env);

    assertThat(settings.databaseUrl()).isEqualTo("jdbc:postgresql://db:5433/ml?sslmode=require");
    assertThat(settings.databaseUser()).isEqualTo("o@wner");
    assertThat(settings.databasePassword()).isEqualTo("p+w:d");
  }

  @Test
  void the_redis_url_keeps_its_password_and_database_for_the_services_and_the_outsider() {
    Map<String, String> env = new HashMap<>(COMPLETE);
    env.put("REDIS_URL", "redis://ea:pa%40ss@cache:6380/3");

    SuiteSettings settings = read(env);

    assertThat(settings.environment(ServiceName.DISPATCHER))
        .containsEntry("REDIS_URL", "redis://ea:pa%40ss@cache:6380/3");
    assertThat(settings.endpoints(Map.of()))
        .containsEntry("redis.url", "redis://ea:pa%40ss@cache:6380/3")
        .containsEntry("redis.host", "cache")
        .containsEntry("redis.port", "6380");
    assertThat(settings.redis().password()).isEqualTo("pa@ss");
    assertThat(settings.redis().database()).isEqualTo(3);
  }

  @Test
  void a_url_that_is_not_of_redis_is_refused_without_repeating_it() {
    Map<String, String> env = new HashMap<>(COMPLETE);
    env.put("REDIS_URL", "http://:secret-password@cache");

    assertThatThrownBy(() -> read(env))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("REDIS_URL")
        .hasMessageNotContaining("secret-password");
  }

  private SuiteSettings read(Map<String, String> env) {
    return new SuiteEnvironment(env).settings(folder, folder);
  }
}
