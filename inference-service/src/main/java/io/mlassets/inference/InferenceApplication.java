package io.mlassets.inference;

import io.mlassets.inference.swap.SwapSettings;
import io.mlassets.platform.ServiceLauncher;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The inference service, port 8083. */
@SpringBootApplication
@EnableConfigurationProperties({InferenceSettings.class, ShardSettings.class, SwapSettings.class})
public class InferenceApplication {

  /** Starts the service with the settings of the environment. */
  public static void main(String[] args) {
    ServiceLauncher.start(InferenceApplication.class, "inference", Map.of(), args);
  }
}
