package io.mlassets.trainer;

import io.mlassets.platform.ServiceLauncher;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The trainer service: starts, follows and records training runs. */
@SpringBootApplication
public class TrainerApplication {

  /** Starts the service. */
  public static void main(String[] args) {
    ServiceLauncher.start(TrainerApplication.class, "trainer", Map.of(), args);
  }
}
