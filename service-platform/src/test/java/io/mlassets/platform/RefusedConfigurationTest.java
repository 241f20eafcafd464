package io.mlassets.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlassets.platform.testapp.SmallApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Neither PostgreSQL nor Redis is needed to refuse a start. */
@Tag("C-03")
@ExtendWith(OutputCaptureExtension.class)
class RefusedConfigurationTest {
  private static final Path CONFIG = Path.of("../config");

  @TempDir Path folder;

  @BeforeEach
  void copyConfiguration() throws IOException {
    try (var files = Files.list(CONFIG)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void a_policy_out_of_range_ends_the_start_with_file_key_and_what_was_expected(
      CapturedOutput output) throws IOException {
    replace("core_policy.yaml", "theta_step:\n  value: 0.01", "theta_step:\n  value: 7");

    assertThatThrownBy(this::startService).isInstanceOf(RuntimeException.class);

    assertThat(output.getOut()).contains("APPLICATION FAILED TO START");
    assertThat(told(output)).contains("core_policy.yaml", "theta_step", "7");
  }

  @Test
  void an_instrument_with_a_key_nobody_knows_ends_the_start_and_is_named(CapturedOutput output)
      throws IOException {
    replace("instruments.yaml", "contract_size:", "contract_sise:");

    assertThatThrownBy(this::startService).isInstanceOf(RuntimeException.class);

    assertThat(told(output)).contains("instruments.yaml", "contract_sise");
  }

  @Test
  void postgresql_and_redis_that_are_away_do_not_prevent_a_start(CapturedOutput output) {
    startService();

    assertThat(output.getOut()).doesNotContain("APPLICATION FAILED TO START");
  }

  private static String told(CapturedOutput output) {
    String all = output.getOut();
    return all.substring(all.indexOf("Description:"), all.indexOf("Action:"));
  }

  private void replace(String name, String what, String with) throws IOException {
    String text = Files.readString(folder.resolve(name));
    assertThat(text).contains(what);
    Files.writeString(folder.resolve(name), text.replaceFirst(what, with));
  }

  private void startService() {
    ServiceLauncher.start(
            SmallApplication.class,
            "platformtest",
            Map.of(),
            "--server.port=0",
            "--database.url=jdbc:postgresql://localhost:1/none",
            "--database.user=nobody",
            "--database.password=none",
            "--spring.datasource.hikari.connection-timeout=500",
            "--redis.url=redis://localhost:1",
            "--operator.token=operator-operator",
            "--analyst.token=analyst-analyst-",
            "--bundle.key=0123456789abcdef0123456789abcdef",
            "--var.dir=" + folder,
            "--log.dir=" + folder,
            "--config.dir=" + folder)
        .close();
  }
}
