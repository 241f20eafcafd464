package io.mlassets.registry;

import io.mlassets.platform.ServiceLauncher;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The registry service, port 8081. */
@SpringBootApplication
public class RegistryApplication {

  /** Starts the service with the settings of the environment. */
  public static void main(String[] args) {
    ServiceLauncher.start(RegistryApplication.class, "registry", Map.of(), args);
  }
}
