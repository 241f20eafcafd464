package io.mlassets.validator;

import io.mlassets.platform.ServiceLauncher;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** feature-validator, port 8085. */
@SpringBootApplication
@EnableConfigurationProperties(ValidatorSettings.class)
public class ValidatorApplication {

  /** Starts the service; settings come from the environment. */
  public static void main(String[] args) {
    ServiceLauncher.start(ValidatorApplication.class, "validator", Map.of(), args);
  }
}
