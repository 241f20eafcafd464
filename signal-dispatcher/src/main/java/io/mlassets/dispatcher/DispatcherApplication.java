package io.mlassets.dispatcher;

import io.mlassets.platform.ServiceLauncher;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The signal dispatcher, port 8084. */
@SpringBootApplication
@EnableConfigurationProperties(DispatcherSettings.class)
public class DispatcherApplication {

  /** Starts the service with the settings of the environment. */
  public static void main(String[] args) {
    ServiceLauncher.start(DispatcherApplication.class, "dispatcher", Map.of(), args);
  }
}
