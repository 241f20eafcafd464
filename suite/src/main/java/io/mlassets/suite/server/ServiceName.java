package io.mlassets.suite.server;

/** The five services: configuration name, main class and usual port. */
public enum ServiceName {
  REGISTRY("registry", "io.mlassets.registry.RegistryApplication", 8081),
  TRAINER("trainer", "io.mlassets.trainer.TrainerApplication", 8082),
  INFERENCE("inference", "io.mlassets.inference.InferenceApplication", 8083),
  DISPATCHER("dispatcher", "io.mlassets.dispatcher.DispatcherApplication", 8084),
  VALIDATOR("validator", "io.mlassets.validator.ValidatorApplication", 8085);

  private final String label;
  private final String mainClass;
  private final int usualPort;

  ServiceName(String label, String mainClass, int usualPort) {
    this.label = label;
    this.mainClass = mainClass;
    this.usualPort = usualPort;
  }

  /** Lower-case name, also of its configuration file. */
  public String label() {
    return label;
  }

  /** The class with {@code main}. */
  public String mainClass() {
    return mainClass;
  }

  /** Port by design. */
  public int usualPort() {
    return usualPort;
  }
}
