package io.mlassets.platform;

import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts one service's context; several may run in one process. */
public final class ServiceLauncher {
  private ServiceLauncher() {}

  /**
   * Starts a service.
   *
   * @param application its {@code @SpringBootApplication}
   * @param name its configuration's name, {@code <name>.yaml} on the class path
   * @param settings defaults below the environment and the arguments
   * @param arguments command line, such as {@code --server.port=0}
   */
  public static ConfigurableApplicationContext start(
      Class<?> application, String name, Map<String, Object> settings, String... arguments) {
    return new SpringApplicationBuilder(application)
        .properties(settings)
        .properties("spring.config.name=" + name, "spring.application.name=" + name)
        .run(arguments);
  }
}
